// Losses that must not happen: a save, a move or a load that fails leaves every model as it was,
// and says what is wrong. Stock TensorFlow.js fails most of these.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../support/in_page.js';
import { suite } from '../support/suite.mjs';

/**
 * Replaces the model at indexeddb://m by a bigger one, in a page where the transaction that writes
 * a model never ends; resolves once the bytes of the new model are written in it.
 */
const beginEndlessSave = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (value, ...rest) {
          const request = put.call(this, value, ...rest);
          if (value.modelArtifacts === undefined) return request;
          const again = () => {
            this.get('nobody').onsuccess = again;
          };
          again();
          request.addEventListener('success', () => resolve());
          return request;
        };
        bigModel(tf, 1 << 20).save('indexeddb://m').then(
          () => reject(new Error('the save has ended')),
          reject,
        );
      }),
  );

/** The model at indexeddb://m, the list and the record of its info are those of the small model. */
const checkOldModel = (page) =>
  page.evaluate(async () => {
    const model = await tf.loadLayersModel('indexeddb://m');
    const wanted = await predictionOf(tf, smallModel(tf));
    checkNear(await predictionOf(tf, model), wanted, 'prediction');
    const models = await tf.io.listModels();
    checkSame(Object.keys(models), ['indexeddb://m'], 'models');
    checkSame(models['indexeddb://m'].weightDataBytes, 780, 'weightDataBytes');
  });

await suite(import.meta.url, (test) => {
  test('A save during a removal comes before it or after it', async ({ page }) => {
    await page.evaluate(async () => {
      for (let round = 0; round < 10; ++round) {
        await smallModel(tf).save('indexeddb://m');
        await Promise.all([tf.io.removeModel('indexeddb://m'), smallModel(tf, 2).save('indexeddb://m')]);
        check('indexeddb://m' in (await tf.io.listModels()), `round ${round}: the save is lost`);
        const [first, second] = await Promise.allSettled(
          [1, 2].map(() => tf.io.removeModel('indexeddb://m')));
        check(first.status === 'fulfilled' && second.status === 'rejected', 'removed twice');
      }
    });
  });

  for (const scheme of ['indexeddb://', 'localstorage://']) {
    test(`A save during a move from ${scheme} is not lost`, async ({ page }) => {
      await page.evaluate(async (from) => {
        for (let round = 0; round < 20; ++round) {
          await smallModel(tf).save(from);
          const move = tf.io.moveModel(from, 'indexeddb://there');
          await new Promise((resolve) => { setTimeout(resolve, round); });
          await smallModel(tf, 2).save(from);
          const [{ reason }] = await Promise.allSettled([move]);
          check(reason === undefined || /changed while it was copied/.test(reason.message), reason);
          const left = await tf.loadLayersModel(from).catch((error) => error);
          const moved = await tf.loadLayersModel('indexeddb://there');
          const wanted = await predictionOf(tf, smallModel(tf, 2));
          const found = left instanceof Error ? moved : left;
          checkNear(await predictionOf(tf, found), wanted, `round ${round}`);
        }
      }, `${scheme}m`);
    });
  }

  test('Over quota, localStorage keeps the old model', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('localstorage://m');
      const before = localStorageTexts();
      const said = await failure(bigModel(tf, 8 << 20).save('localstorage://m'));
      checkSame(localStorageTexts(), before, 'the local storage');
      check(/\d{7,}|MB|MiB/.test(said), `it does not say how many bytes: ${said}`);
      check(said.includes('indexeddb://'), `it does not say what would fit: ${said}`);
      const model = await tf.loadLayersModel('localstorage://m');
      const wanted = await predictionOf(tf, smallModel(tf));
      checkNear(await predictionOf(tf, model), wanted, 'prediction');
    });
  });

  test('Over quota, localStorage keeps nothing of a new model', async ({ page }) => {
    await page.evaluate(async () => {
      localStorage.setItem('of the page', 'x'.repeat(3 << 20));
      await smallModel(tf).save('localstorage://other');
      const before = localStorageTexts();
      await failure(bigModel(tf, 2 << 20).save('localstorage://m'));
      checkSame(localStorageTexts(), before, 'the local storage');
    });
  });

  test('A write that fails leaves the old model in IndexedDB', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('indexeddb://m');
      const { put } = IDBObjectStore.prototype;
      for (const store of ['models_store', 'model_info_store']) {
        IDBObjectStore.prototype.put = function (...args) {
          if (this.name === store) throw new DOMException('no space', 'QuotaExceededError');
          return put.apply(this, args);
        };
        const said = await failure(bigModel(tf, 1 << 20).save('indexeddb://m'));
        check(/\d{7}|MB|MiB/.test(said), `it does not say how many bytes: ${said}`);
      }
      IDBObjectStore.prototype.put = put;
    });
    await checkOldModel(page);
  });

  test('A transaction that is aborted leaves the old model in IndexedDB', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('indexeddb://m');
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...args) {
        const request = put.apply(this, args);
        request.addEventListener('success', () => this.transaction.abort());
        return request;
      };
      await failure(bigModel(tf, 1 << 20).save('indexeddb://m'));
      IDBObjectStore.prototype.put = put;
    });
    await checkOldModel(page);
  });

  test('A tab closed while it saves leaves the old model whole', async ({ page, open }) => {
    await page.evaluate(() => smallModel(tf).save('indexeddb://m'));
    const doomed = await open();
    await beginEndlessSave(doomed);
    await doomed.close();
    await checkOldModel(page);
  });

  test('A tab that crashes while it saves leaves the old model whole', async (context) => {
    const { open, launch, problems } = context;
    const browser = await launch();
    try {
      const doomed = await open('/page', { browser });
      await doomed.evaluate(() => smallModel(tf).save('indexeddb://m'));
      await beginEndlessSave(doomed);
      const crashed = new Promise((resolve) => doomed.once('error', resolve));
      const session = await doomed.createCDPSession();
      session.send('Page.crash').catch(() => {});
      await crashed;
      await checkOldModel(await open('/page', { browser }));
      problems.length = 0; // the crash itself
    } finally {
      await browser.kill();
    }
  }, { in: ['chromium'] });

  test('A browser killed while it saves leaves the old model whole', async ({ open, launch }) => {
    const profile = mkdtempSync(join(tmpdir(), 'tfjs-killed-'));
    try {
      const first = await launch({ profile });
      const page = await open('/page', { browser: first });
      await page.evaluate(() => smallModel(tf).save('indexeddb://m'));
      await beginEndlessSave(page);
      await first.kill();
      const second = await launch({ profile });
      try {
        await checkOldModel(await open('/page', { browser: second }));
      } finally {
        await second.kill();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    }
  }, { timeoutMs: 180_000 });

  test('browserFiles takes the weights first', async ({ page, server }) => {
    await page.evaluate(async (origin) => {
      await smallModel(tf).save(`${origin}/upload`);
      const fileOf = async (name) => {
        const response = await fetch(`${origin}/download/${name}`);
        return new File([await response.arrayBuffer()], name);
      };
      const files = [await fileOf('model.weights.bin'), await fileOf('model.json')];
      const model = await tf.loadLayersModel(tf.io.browserFiles(files));
      const wanted = await predictionOf(tf, smallModel(tf));
      checkNear(await predictionOf(tf, model), wanted, 'prediction');
    }, server.origin);
  });

  test('browserFiles passes strays by and names what is missing', async ({ page, server }) => {
    await page.evaluate(async (origin) => {
      await smallModel(tf).save(`${origin}/upload`);
      const fileOf = async (name) => {
        const response = await fetch(`${origin}/download/${name}`);
        return new File([await response.arrayBuffer()], name);
      };
      const [json, weights] = [await fileOf('model.json'), await fileOf('model.weights.bin')];
      const stray = new File(['x'], '.DS_Store');
      await tf.loadLayersModel(tf.io.browserFiles([stray, json, weights]));
      const said = await failure(tf.loadLayersModel(tf.io.browserFiles([json, stray])));
      check(said.includes('model.weights.bin'), `it does not name the file: ${said}`);
    }, server.origin);
  });

  // What the server answers for the weights, and what the error must say of it.
  const answers = [
    ['is not there', { status: 404, body: '<html>Not found</html>' }, /404/],
    ['is forbidden', { status: 403, body: 'no' }, /403/],
    ['breaks off', { cutAt: 100 }, /./],
    ['is another page', { status: 200, body: '<html>Welcome</html>' }, /780/],
  ];
  for (const [what, how, wanted] of answers) {
    test(`A weight file that ${what} is an error with its URL`, async ({ page, server }) => {
      await page.evaluate((origin) => smallModel(tf).save(`${origin}/upload`), server.origin);
      server.spoil('/download/model.weights.bin', how);
      const url = `${server.origin}/download/model.json`;
      const said = await page.evaluate((at) => failure(tf.loadLayersModel(at)), url);
      check(said.includes(`${server.origin}/download/model.weights.bin`), `no URL: ${said}`);
      check(wanted.test(said), `it should say ${wanted}: ${said}`);
    });
  }

  test('A server that recovers is asked again', async ({ page, server }) => {
    await page.evaluate((origin) => smallModel(tf).save(`${origin}/upload`), server.origin);
    server.spoil('/download/model.weights.bin', { status: 503, times: 2 });
    await page.evaluate(async (origin) => {
      const model = await tf.loadLayersModel(`${origin}/download/model.json`);
      const wanted = await predictionOf(tf, smallModel(tf));
      checkNear(await predictionOf(tf, model), wanted, 'prediction');
    }, server.origin);
  });

  test('A server that refuses a model is an error with its status', async ({ page, server }) => {
    server.spoil('/upload', { status: 507, body: 'the disk is full' });
    const url = `${server.origin}/upload`;
    const said = await page.evaluate((at) => failure(smallModel(tf).save(at)), url);
    check(/507/.test(said), `no status: ${said}`);
    check(said.includes('the disk is full'), `it does not say why: ${said}`);
  });

  test('A move to a store that is full keeps the source', async ({ page }) => {
    await page.evaluate(async () => {
      await bigModel(tf, 8 << 20).save('indexeddb://m');
      await smallModel(tf).save('localstorage://m');
      const before = localStorageTexts();
      await failure(tf.io.moveModel('indexeddb://m', 'localstorage://m'));
      checkSame(localStorageTexts(), before, 'the local storage');
      const model = await tf.loadLayersModel('indexeddb://m');
      check((await model.getWeights()[0].data())[0] === 0.5, 'the weights differ');
    });
  });

  test('A move to a store that fails keeps the source', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('localstorage://m');
      await smallModel(tf).save('indexeddb://other');
      const before = localStorageTexts();
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no space', 'QuotaExceededError');
      };
      await failure(tf.io.moveModel('localstorage://m', 'indexeddb://m'));
      await failure(tf.io.moveModel('indexeddb://other', 'indexeddb://m'));
      IDBObjectStore.prototype.put = put;
      checkSame(localStorageTexts(), before, 'the local storage');
      const urls = Object.keys(await tf.io.listModels()).sort();
      checkSame(urls, ['indexeddb://other', 'localstorage://m'], 'models');
    });
  });

  test('A move onto itself and a move from nowhere change nothing', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('indexeddb://m');
      await failure(tf.io.moveModel('indexeddb://m', 'indexeddb://m'));
      const said = await failure(tf.io.moveModel('indexeddb://absent', 'indexeddb://m'));
      check(said.includes('absent'), `it does not name the model: ${said}`);
    });
    await checkOldModel(page);
  });
});
