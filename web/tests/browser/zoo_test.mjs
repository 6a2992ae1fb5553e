// The model zoo in Chromium, through the package: every model predicts what stock TensorFlow.js
// predicts, also once saved and loaded again; every faulty file is refused by an error that names
// it.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/server.mjs';
import { suite } from '../support/suite.mjs';

const zoo = join(repository, 'tests/fixtures/zoo');

/** The names of the cases of a kind, below `folder`. */
function cases(folder, kinds) {
  return readdirSync(join(zoo, folder))
    .map((name) => join(folder, name))
    .filter((name) => existsSync(join(zoo, name, 'case.json')))
    .filter((name) => kinds.includes(JSON.parse(readFileSync(join(zoo, name, 'case.json'))).kind))
    .sort();
}

async function checkAll({ page, part }, checkName, names, how = '') {
  for (const name of names) {
    await part(`Zoo ${how}${name}`, () =>
      page.evaluate(
        async (which, at) => {
          const helpers = await import('/web/tests/support/zoo_page.js');
          await helpers[which](tf, at);
        },
        checkName,
        name,
      ),
    );
  }
}

await suite(import.meta.url, (test) => {
  const options = { in: ['chromium'], timeoutMs: 300_000 };

  test('Every model was run', async ({ page, part }) => {
    await checkAll({ page, part }, 'checkModel', cases('', ['predict', 'train']));
  }, options);

  test('Every model was run by threads', async ({ open, part }) => {
    const page = await open('/page?isolated', { libraries: false });
    await page.evaluate(async () => {
      globalThis.tf = await import('/web/src/index.js');
      const count = tf.wasm.getThreadsCount();
      if (count !== navigator.hardwareConcurrency) throw new Error(`${count} threads`);
    });
    await checkAll({ page, part }, 'checkModel', cases('', ['predict', 'train']), 'with threads ');
  }, options);

  test('Every file was loaded or refused', async ({ page, part }) => {
    await checkAll({ page, part }, 'checkFile', cases('io', ['layers-model']));
  }, options);

  test('Every file of weights was decoded or refused', async ({ page, part }) => {
    await checkAll({ page, part }, 'checkWeights', cases('io', ['weights']));
  }, options);

  test('A graph model is refused by loadLayersModel', async ({ page }) => {
    await page.evaluate(async () => {
      const said = await failure(tf.loadLayersModel('/tests/fixtures/zoo/io/graph_mlp/model.json'));
      check(/graph model/i.test(said), said);
    });
  }, options);
});
