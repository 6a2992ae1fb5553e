// The harness itself, proven on stock TensorFlow.js alone: what later tests compare with works in
// both browsers, and what must fail does fail.

import { suite } from '../support/suite.mjs';

const saveAndLoad = async ({ page }, scheme) =>
  page.evaluate(async (url) => {
    const model = smallModel(stock);
    const saved = await model.save(url);
    const loaded = await stock.loadLayersModel(url);
    checkNear(await predictionOf(stock, loaded), await predictionOf(stock, model), 'prediction');
    const listed = (await stock.io.listModels())[url];
    checkSame(listed.dateSaved, saved.modelArtifactsInfo.dateSaved, 'dateSaved');
    check(listed.weightDataBytes === 780, `${listed.weightDataBytes} bytes`);
  }, `${scheme}://m`);

await suite(
  import.meta.url,
  (test) => {
    test('Stock saves to and loads from localStorage', async ({ page }) => {
      await saveAndLoad({ page }, 'localstorage');
    });

    test('Stock saves to and loads from IndexedDB', async ({ page }) => {
      await saveAndLoad({ page }, 'indexeddb');
    });

    test('Every case begins with empty stores', async ({ page }) => {
      const listed = await page.evaluate(async () => Object.keys(await stock.io.listModels()));
      if (listed.length > 0) throw new Error(`there is ${listed}`);
    });

    test('Names of other hosts lead to the server of the tests', async ({ page, server }) => {
      await page.evaluate(() => smallModel(stock).save('http://model-server.domain/upload'));
      const { method, parts } = server.models.get('model');
      const seen = `${method} ${parts.map((part) => `${part.name} ${part.type}`)}`;
      const wanted = 'POST model.json application/json,model.weights.bin application/octet-stream';
      if (seen !== wanted) throw new Error(`${seen} instead of ${wanted}`);
    });

    test('An error that nobody catches is seen', async ({ page, problems }) => {
      await page.evaluate(() => {
        setTimeout(() => {
          throw new Error('thrown on purpose');
        });
        Promise.reject(new Error('rejected on purpose'));
        return new Promise((resolve) => setTimeout(resolve, 100));
      });
      const seen = problems.splice(0).join('\n');
      if (!/thrown on purpose/.test(seen) || !/rejected on purpose/.test(seen)) {
        throw new Error(`seen: ${seen}`);
      }
    });
  },
  { needsPackage: false },
);
