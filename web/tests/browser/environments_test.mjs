// Where the package must work besides a plain page: in a module worker, under a strict
// Content-Security-Policy, in an isolated page, and with models far beyond what localStorage holds.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, checkNear } from '../support/in_page.js';
import { suite } from '../support/suite.mjs';

/** Starts the worker; `askWorker(task, argument)` is then a function of the page. */
const startWorker = (page, path = '/web/tests/support/worker.js') =>
  page.evaluate(async (script) => {
    const worker = new Worker(script, { type: 'module' });
    const answer = () =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data: { value, error } }) => {
          if (error === undefined) resolve(value);
          else reject(new Error(`in the worker: ${error}`));
        };
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(`the worker failed: ${event.message ?? 'its script does not load'}`));
        };
      });
    await answer();
    globalThis.askWorker = (...task) => {
      const answered = answer();
      worker.postMessage(task);
      return answered;
    };
  }, path);

const ask = (page, ...task) => page.evaluate((words) => globalThis.askWorker(...words), task);

/** Imports the package alone, predicts, and goes through both stores. */
const useEverything = (page) =>
  page.evaluate(async () => {
    const tf = await import('/web/src/index.js');
    const helpers = await import('/web/tests/support/in_page.js');
    const model = helpers.smallModel(tf);
    const wanted = await helpers.predictionOf(tf, model);
    for (const url of ['localstorage://m', 'indexeddb://m']) {
      await model.save(url);
      const again = await tf.loadLayersModel(url);
      helpers.checkNear(await helpers.predictionOf(tf, again), wanted, url);
    }
  });

await suite(import.meta.url, (test) => {
  test('A module worker saves to IndexedDB, where its page loads', async ({ page }) => {
    await startWorker(page);
    const wanted = await ask(page, 'storeAndLoad', 'indexeddb://m');
    await page.evaluate(async (before) => {
      for (const lib of [tf, stock]) {
        const model = await lib.loadLayersModel('indexeddb://m');
        checkNear(await predictionOf(lib, model), before, 'prediction');
      }
    }, wanted);
    check((await ask(page, 'list')).join() === 'indexeddb://m', 'the worker lists other models');
  });

  test('A module worker loads over http what it has sent', async ({ page, server }) => {
    await startWorker(page);
    await ask(page, 'upload', `${server.origin}/upload`);
    const got = await ask(page, 'load', `${server.origin}/download/model.json`);
    const wanted = await page.evaluate(() => predictionOf(tf, smallModel(tf)));
    checkNear(got, wanted, 'prediction');
  });

  test('In a worker, what only pages have is a clear error', async ({ page }) => {
    await startWorker(page);
    for (const task of ['failToSave', 'failToLoad']) {
      const said = await ask(page, task, 'localstorage://m');
      check(/localStorage|local storage/i.test(said) && /worker/i.test(said), `${task}: ${said}`);
    }
    const said = await ask(page, 'failToSave', 'downloads://m');
    check(/download/i.test(said), `it does not name downloads: ${said}`);
  });

  test('A strict Content-Security-Policy is kept', async ({ open, problems }) => {
    const page = await open('/page?csp', { libraries: false });
    const refused = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.policyIsOff = true;';
      document.head.append(script);
      const isOff = globalThis.policyIsOff === true;
      return new Promise((resolve) => setTimeout(() => {
        resolve(!isOff && globalThis.pageProblems.splice(0).length > 0);
      }, 100));
    });
    check(refused, 'the page has no strict policy');
    problems.length = 0; // Firefox reports the refusal here as well.
    await useEverything(page);
  });

  test('A worker under a strict Content-Security-Policy works', async ({ open }) => {
    const page = await open('/page?csp', { libraries: false });
    await startWorker(page, '/web/tests/support/worker.js?csp');
    await ask(page, 'storeAndLoad', 'indexeddb://m');
  });

  test('A page that is crossOriginIsolated works', async ({ open }) => {
    const page = await open('/page?isolated', { libraries: false });
    check(await page.evaluate(() => globalThis.crossOriginIsolated), 'the page is not isolated');
    await useEverything(page);
  });

  test('An isolated page under a strict Content-Security-Policy has threads', async ({ open }) => {
    const page = await open('/page?csp&isolated', { libraries: false });
    await useEverything(page);
    await page.evaluate(async () => {
      const { wasm } = await import('/web/src/index.js');
      const count = wasm.getThreadsCount();
      if (count !== navigator.hardwareConcurrency) throw new Error(`${count} threads`);
    });
  });

  test('A worker of an isolated page has threads', async ({ open }) => {
    const page = await open('/page?isolated', { libraries: false });
    await startWorker(page);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    check((await ask(page, 'threads')) === cores, `not ${cores} threads`);
    await ask(page, 'storeAndLoad', 'indexeddb://m');
  });

  test('A model of 160 MB survives a restart of the browser', async ({ open, launch }) => {
    const profile = mkdtempSync(join(tmpdir(), 'tfjs-kept-'));
    try {
      const first = await launch({ profile });
      await (await open('/page', { browser: first })).evaluate(async () => {
        const bytes = 160 << 20;
        const saved = await bigModel(tf, bytes, 0.25).save('indexeddb://big');
        const { weightDataBytes } = saved.modelArtifactsInfo;
        check(weightDataBytes === bytes, `saved ${weightDataBytes} bytes`);
      });
      await first.close();
      const second = await launch({ profile });
      try {
        await (await open('/page', { browser: second })).evaluate(async () => {
          const info = (await tf.io.listModels())['indexeddb://big'];
          check(info.weightDataBytes === 160 << 20, `listed with ${info.weightDataBytes} bytes`);
          const model = await tf.loadLayersModel('indexeddb://big');
          const outputs = await model.predict(tf.ones([1, 1024])).data();
          check(outputs.length === 40960, `${outputs.length} outputs`);
          check(outputs.every((y) => Math.abs(y - 256) < 1e-2), `the first is ${outputs[0]}`);
        });
      } finally {
        await second.kill();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    }
  }, { timeoutMs: 300_000 });
}, { stock: true });
