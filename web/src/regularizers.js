// tf.regularizers: what training adds to the loss for large weights.

import { Described } from './described.js';

export function l1({ l1: factor = 0.01 } = {}) {
  return new Described('L1L2', { l1: factor, l2: 0 });
}
export function l2({ l2: factor = 0.01 } = {}) {
  return new Described('L1L2', { l1: 0, l2: factor });
}
export function l1l2({ l1: first = 0.01, l2: second = 0.01 } = {}) {
  return new Described('L1L2', { l1: first, l2: second });
}
