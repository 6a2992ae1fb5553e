// tf.regularizers: what training adds to the loss for large weights. It is kept in models; nothing is
// added when they predict.

import type { Described } from './described.js';

export type Regularizer = Described;
export interface L1Args {
  /** What the sum of absolute values is multiplied by; 0.01 if not given. */
  l1?: number;
}
export interface L2Args {
  /** What the sum of squares is multiplied by; 0.01 if not given. */
  l2?: number;
}
export interface L1L2Args extends L1Args, L2Args {}

export declare function l1(args?: L1Args): Regularizer;
export declare function l2(args?: L2Args): Regularizer;
export declare function l1l2(args?: L1L2Args): Regularizer;
