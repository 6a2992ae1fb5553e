// A module worker that has the package: saves, loads and predicts in it, and says what came of it.

import * as tf from '/web/src/index.js';
import { checkNear, failure, predictionOf, smallModel } from './in_page.js';

const tasks = {
  async storeAndLoad(url) {
    const model = smallModel(tf);
    const wanted = await predictionOf(tf, model);
    await model.save(url);
    checkNear(await predictionOf(tf, await tf.loadLayersModel(url)), wanted, 'prediction');
    return wanted;
  },
  async load(url) {
    return predictionOf(tf, await tf.loadLayersModel(url));
  },
  upload(url) {
    return smallModel(tf).save(url).then((result) => result.responses.length);
  },
  failToSave(url) {
    return failure(smallModel(tf).save(url));
  },
  failToLoad(url) {
    return failure(tf.loadLayersModel(url));
  },
  threads() {
    return tf.wasm.getThreadsCount();
  },
  async list() {
    return Object.keys(await tf.io.listModels());
  },
};

addEventListener('message', async ({ data: [task, argument] }) => {
  try {
    postMessage({ value: await tasks[task](argument) });
  } catch (error) {
    postMessage({ error: error.stack ?? String(error) });
  }
});
postMessage({ value: 'ready' });
