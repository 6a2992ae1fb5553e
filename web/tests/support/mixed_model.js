// The model of the cross-loading tests, for both libraries: two inputs, layers of several kinds.
// Imported by the page.

import { numbers } from './in_page.js';

/** A convolution with batch norm beside an LSTM, joined by dense layers. */
export function mixedModel(lib, seed = 3) {
  const image = lib.input({ shape: [6, 6, 2], name: 'image' });
  const text = lib.input({ shape: [5, 4], name: 'text' });
  const { layers } = lib;
  const seen = [
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'conv' }),
    layers.batchNormalization({ name: 'norm' }),
    layers.activation({ activation: 'relu', name: 'relu' }),
    layers.maxPooling2d({ poolSize: 2, name: 'pool' }),
    layers.flatten({ name: 'flat' }),
  ].reduce((tensor, layer) => layer.apply(tensor), image);
  const read = layers.lstm({ units: 6, name: 'lstm' }).apply(text);
  const joined = layers.concatenate({ name: 'joined' }).apply([seen, read]);
  const hidden = layers.dense({ units: 8, activation: 'elu', name: 'hidden' }).apply(joined);
  const outputs = layers.dense({ units: 3, activation: 'softmax', name: 'out' }).apply(hidden);
  const model = lib.model({ inputs: [image, text], outputs, name: 'mixed' });
  model.setWeights(
    model.getWeights().map((weight, i) => {
      // Variances, which are positive, are among them.
      const values = numbers(weight.size, seed + i).map((x) => Math.abs(x) / 2 + 0.05);
      return lib.tensor(values, weight.shape);
    }),
  );
  return model;
}

export const mixedInputs = (lib) => [
  lib.tensor(numbers(3 * 6 * 6 * 2, 11), [3, 6, 6, 2]),
  lib.tensor(numbers(3 * 5 * 4, 12), [3, 5, 4]),
];

export async function mixedPrediction(lib, model) {
  return Array.from(await model.predict(mixedInputs(lib)).data());
}

/** The same model after one step of Adam, by stock TensorFlow.js. */
export async function trainedModel(stock) {
  const model = mixedModel(stock);
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['accuracy'] });
  const y = stock.tensor(numbers(9, 13), [3, 3]);
  await model.fit(mixedInputs(stock), y, { epochs: 1, verbose: 0 });
  return model;
}

/** The numbers of the optimizer of a model that stock has loaded, by name. */
export async function optimizerNumbers(model) {
  const weights = await model.optimizer.getWeights();
  const pairs = weights.map(async ({ name, tensor }) => [name, Array.from(await tensor.data())]);
  return Promise.all(pairs);
}
