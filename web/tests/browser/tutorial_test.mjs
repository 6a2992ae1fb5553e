// TensorFlow.js's guide "Save and load models", as a page would have it: each of its lines of code,
// spelt as there. (Its file:// lines are for Node: see package_test.mjs.)

import { arrived } from '../support/downloads.mjs';
import { chooseFiles } from '../support/file_inputs.mjs';
import { check, checkSame } from '../support/in_page.js';
import { suite } from '../support/suite.mjs';

await suite(import.meta.url, (test) => {
  test('Saves to local storage and says how many bytes', async ({ page }) => {
    await page.evaluate(async () => {
      const model = smallModel(tf);
      const saveResult = await model.save('localstorage://my-model-1');

      const info = saveResult.modelArtifactsInfo;
      check(info.dateSaved instanceof Date, 'dateSaved is no Date');
      check(info.modelTopologyType === 'JSON', `modelTopologyType ${info.modelTopologyType}`);
      check(info.weightDataBytes === 4 * (8 * 16 + 16 + 16 * 3 + 3), 'weightDataBytes');
      const prefix = 'tensorflowjs_models/my-model-1/';
      const texts = localStorageTexts();
      const bytesOf = (key) => new Blob([texts[prefix + key]]).size;
      check(bytesOf('model_topology') === info.modelTopologyBytes, 'modelTopologyBytes');
      check(bytesOf('weight_specs') === info.weightSpecsBytes, 'weightSpecsBytes');
    });
  });

  test('Loads from local storage, as pages opened later do', async ({ page, open }) => {
    const wanted = await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save('localstorage://my-model');
      return predictionOf(tf, model);
    });
    const later = await open();
    await later.evaluate(async (before) => {
      const model = await tf.loadLayersModel('localstorage://my-model');
      checkNear(await predictionOf(tf, model), before, 'prediction');
    }, wanted);
  });

  test('Loads from IndexedDB, as pages opened later do', async ({ page, open }) => {
    const wanted = await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save('indexeddb://my-model');
      return predictionOf(tf, model);
    });
    const later = await open();
    await later.evaluate(async (before) => {
      const model = await tf.loadLayersModel('indexeddb://my-model');
      checkNear(await predictionOf(tf, model), before, 'prediction');
    }, wanted);
  });

  test('Downloads two files that load from two inputs', async ({ page, downloads }) => {
    const wanted = await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save('downloads://my-model');
      return predictionOf(tf, model);
    });
    await chooseFiles(page, await arrived(downloads, ['my-model.json', 'my-model.weights.bin']));
    await page.evaluate(async (before) => {
      const uploadJSONInput = document.getElementById('upload-json');
      const uploadWeightsInput = document.getElementById('upload-weights');
      const model = await tf.loadLayersModel(tf.io.browserFiles(
          [uploadJSONInput.files[0], uploadWeightsInput.files[0]]));
      checkNear(await predictionOf(tf, model), before, 'prediction');
    }, wanted);
  });

  test('Saves to and loads from a web server', async ({ page, server }) => {
    const wanted = await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save('http://model-server.domain/upload')
      return predictionOf(tf, model);
    });
    const { method, parts } = server.models.get('model');
    check(method === 'POST', `the method is ${method}`);
    checkSame(
      parts.map(({ name, filename, type }) => [name, filename, type]),
      [
        ['model.json', 'model.json', 'application/json'],
        ['model.weights.bin', 'model.weights.bin', 'application/octet-stream'],
      ],
      'the parts',
    );
    await page.evaluate(async (before) => {
      const model = await tf.loadLayersModel('http://model-server.domain/download/model.json');
      checkNear(await predictionOf(tf, model), before, 'prediction');
    }, wanted);
  });

  test('Saves with the method and headers of the guide', async ({ page, server }) => {
    await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save(tf.io.browserHTTPRequest(
          'http://model-server.domain/upload',
          {method: 'PUT', headers: {'header_key_1': 'header_value_1'}}));
    });
    checkPut(server.models.get('model'));
  });

  test('Saves with method and headers in requestInit', async ({ page, server }) => {
    await page.evaluate(async () => {
      const model = smallModel(tf);
      await model.save(tf.io.browserHTTPRequest(
          'http://model-server.domain/upload',
          {requestInit: {method: 'PUT', headers: {'header_key_1': 'header_value_1'}}}));
    });
    checkPut(server.models.get('model'));
  });

  test('Gives the answer of the web server', async ({ page }) => {
    await page.evaluate(async () => {
      const result = await smallModel(tf).save('http://model-server.domain/upload');
      check(result.responses.length === 1, `${result.responses.length} responses`);
      const { name, kept } = await result.responses[0].json();
      check(name === 'model', `name ${name}`);
      check(kept['model.weights.bin'] === result.modelArtifactsInfo.weightDataBytes, 'bytes');
    });
  });

  test('Saves to and loads from a custom IOHandler', async ({ page }) => {
    await page.evaluate(async () => {
      let kept;
      const handler = {
        async save(modelArtifacts) {
          kept = modelArtifacts;
          return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(modelArtifacts) };
        },
        async load() {
          return kept;
        },
      };
      const model = smallModel(tf);
      const result = await model.save(handler);
      check(result.modelArtifactsInfo.weightDataBytes === 780, 'weightDataBytes');
      check(kept.format === 'layers-model', `format ${kept.format}`);
      const again = await tf.loadLayersModel(handler);
      checkNear(await predictionOf(tf, again), await predictionOf(tf, model), 'prediction');
    });
  });

  test('Saves by a function', async ({ page }) => {
    await page.evaluate(async () => {
      const artifacts = await new Promise((resolve) => {
        smallModel(tf).save(tf.io.withSaveHandler(async (kept) => {
          resolve(kept);
          return { modelArtifactsInfo: {} };
        }));
      });
      const again = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      const wanted = await predictionOf(tf, smallModel(tf));
      checkNear(await predictionOf(tf, again), wanted, 'prediction');
    });
  });

  test('Lists, copies, moves and removes models', async ({ page }) => {
    await page.evaluate(async () => {
      await smallModel(tf).save('localstorage://a');
      await tf.io.copyModel('localstorage://a', 'indexeddb://b');
      await tf.io.moveModel('indexeddb://b', 'localstorage://c/d');
      await tf.io.removeModel('localstorage://a');
      const models = await tf.io.listModels();
      checkSame(Object.keys(models), ['localstorage://c/d'], 'models');
      const again = await tf.loadLayersModel('localstorage://c/d');
      const wanted = await predictionOf(tf, smallModel(tf));
      checkNear(await predictionOf(tf, again), wanted, 'prediction');
    });
  });
});

function checkPut({ method, headers, files }) {
  check(method === 'PUT', `the method is ${method}`);
  check(headers.header_key_1 === 'header_value_1', `header_key_1 is ${headers.header_key_1}`);
  checkSame([...files.keys()], ['model.json', 'model.weights.bin'], 'the files');
}
