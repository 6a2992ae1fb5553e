// Weights of layers and models (a model's network is a layer of the core).

import { call } from '../core/wasm.js';
import { Tensor, tensorFromCore } from '../tensor/tensor.js';

/** @return {{name, dtype, shape, trainable, read(): Tensor}[]} */
export function weightsOf(layer) {
  return call('layer_weights', { layer }).map((weight, index) => ({
    ...weight,
    read: () => readWeights(layer)[index],
  }));
}

export function readWeights(layer, trainableOnly = false) {
  return call('read_weights', { layer, trainableOnly }).map(tensorFromCore);
}

export function writeWeights(layer, weights) {
  if (!Array.isArray(weights) || !weights.every((weight) => weight instanceof Tensor)) {
    throw new Error('setWeights: expected an array of tensors');
  }
  call('write_weights', { layer, values: Tensor.giveAll(weights) });
}
