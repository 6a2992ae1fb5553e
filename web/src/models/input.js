// tf.input(): where a functional model begins.

import { call } from '../core/wasm.js';
import { inputLayer } from '../layers/index.js';
import { symbolicTensorOf } from '../layers/symbolic_tensor.js';

/**
 * @param {{shape?: number[], batchShape?: number[], dtype?: string, name?: string, sparse?: boolean}} config
 *     `shape` is without the batch axis, `batchShape` with it; exactly one of the two
 */
export function input({ shape, batchShape, dtype, name, sparse }) {
  if ((shape === undefined) === (batchShape === undefined)) {
    throw new Error('tf.input: please provide exactly one of shape and batchShape');
  }
  const layer = inputLayer({ batchInputShape: batchShape ?? [null, ...shape], dtype, name, sparse });
  return symbolicTensorOf(call('output_of_input', { layer: layer.number }));
}
