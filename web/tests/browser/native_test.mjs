// What pages save, the native command reads, and what it writes, pages load: over http and by
// files, with the package and with stock TensorFlow.js in the page.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrived } from '../support/downloads.mjs';
import { chooseFiles } from '../support/file_inputs.mjs';
import { check, checkNear } from '../support/in_page.js';
import { nativePrediction, reasonWithoutNative, tfjs } from '../support/native.mjs';
import { suite } from '../support/suite.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tfjs-native-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let last = 0;
const fresh = () => join(folder, String(++last));

/** Saves a model that stock has trained a step, by the library of that name. */
const save = (page, library, target) =>
  page.evaluate(
    async (name, url) => {
      const lib = globalThis[name];
      const trained = await trainedModel(stock);
      trained.setUserDefinedMetadata({ labels: ['a'] });
      await trained.save('indexeddb://trained', { includeOptimizer: true });
      const model = await lib.loadLayersModel('indexeddb://trained');
      await model.save(url, { includeOptimizer: true });
      return mixedPrediction(lib, model);
    },
    library,
    target,
  );

const load = (page, library, source, wanted) =>
  page.evaluate(
    async (name, url, prediction) => {
      const lib = globalThis[name];
      const fileOf = (id) => document.getElementById(id).files[0];
      const handler =
        url ?? lib.io.browserFiles([fileOf('upload-json'), fileOf('upload-weights')]);
      const model = await lib.loadLayersModel(handler);
      checkNear(await mixedPrediction(lib, model), prediction, 'prediction');
      checkSame(model.getUserDefinedMetadata(), { labels: ['a'] }, 'userDefinedMetadata');
    },
    library,
    source,
    wanted,
  );

await suite(import.meta.url, (test) => {
  const skip = reasonWithoutNative;
  for (const [library, name] of [['stock', 'stock'], ['tf', 'ours']]) {
    test(`From ${name} to the command by http`, async ({ page, server }) => {
      const wanted = await save(page, library, `${server.origin}/upload/m`);
      const url = `${server.origin}/models/m/model.json`;
      checkNear(await nativePrediction(url, fresh()), wanted, 'prediction');
      await tfjs('verify', url);
    }, { skip });

    test(`From ${name} to the command by downloads`, async ({ page, downloads }) => {
      const wanted = await save(page, library, 'downloads://m');
      const [json] = await arrived(downloads, ['m.json', 'm.weights.bin']);
      checkNear(await nativePrediction(json, fresh()), wanted, 'prediction');
    }, { skip });

    test(`From the command to ${name} by http`, async ({ page, server }) => {
      const wanted = await save(page, 'stock', `${server.origin}/upload/m`);
      const url = `${server.origin}/upload/native`;
      await tfjs('cp', `${server.origin}/models/m/model.json`, url);
      check(server.models.get('native').method === 'POST', 'the command has not sent the model');
      await load(page, library, `${server.origin}/models/native/model.json`, wanted);
    }, { skip });

    test(`From the command to ${name} by files`, async ({ page, server }) => {
      const wanted = await save(page, 'stock', `${server.origin}/upload/m`);
      const copy = fresh();
      await tfjs('cp', `${server.origin}/models/m/model.json`, copy);
      await chooseFiles(page, [join(copy, 'model.json'), join(copy, 'model.weights.bin')]);
      await load(page, library, null, wanted);
    }, { skip });
  }

  test('Optimizer state goes through ours and the command', async ({ page, server }) => {
    await save(page, 'tf', `${server.origin}/upload/m`);
    await tfjs('cp', `${server.origin}/models/m/model.json`, `${server.origin}/upload/n`);
    await page.evaluate(async (url) => {
      const before = await optimizerNumbers(await stock.loadLayersModel('indexeddb://trained'));
      const after = await optimizerNumbers(await stock.loadLayersModel(url));
      check(before.length > 10, `the optimizer has ${before.length} weights`);
      checkSame(after, before, 'the numbers of the optimizer');
    }, `${server.origin}/models/n/model.json`);
  }, { skip });
});
