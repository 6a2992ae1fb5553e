// tf.input(), also tf.layers.input(): where a functional model begins.

import { call } from '../core/wasm.js';
import { newLayer } from './layer.js';
import { symbolicTensorOf } from './symbolic_tensor.js';

/**
 * @param {{shape?: number[], batchShape?: number[], dtype?: string, name?: string, sparse?: boolean}} config
 *     `shape` is without the batch axis, `batchShape` with it; exactly one of the two
 */
export function input({ shape, batchShape, dtype, name, sparse }) {
  if ((shape === undefined) === (batchShape === undefined)) {
    throw new Error('tf.input: please provide exactly one of shape and batchShape');
  }
  const config = { batchInputShape: batchShape ?? [null, ...shape], dtype, name, sparse };
  const layer = newLayer('InputLayer', config, 'tf.input', null);
  return symbolicTensorOf(call('output_of_input', { layer: layer.number }));
}
