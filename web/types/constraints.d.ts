// tf.constraints: what weights are held to, when they are loaded and after each training step.

import type { Described } from './described.js';

export type Constraint = Described;
interface AxisArgs {
  /** The axis that lengths are taken along; 0 if not given. */
  axis?: number;
}
export interface MaxNormArgs extends AxisArgs {
  /** 2 if not given. */
  maxValue?: number;
}
export type UnitNormArgs = AxisArgs;
export interface MinMaxNormArgs extends AxisArgs {
  /** 0 if not given. */
  minValue?: number;
  /** 1 if not given. */
  maxValue?: number;
  /** How far a step goes, from 0 to 1 (all the way), which is the default. */
  rate?: number;
}

/** Vectors along the axis no longer than `maxValue`. */
export declare function maxNorm(args?: MaxNormArgs): Constraint;
/** Vectors along the axis of length 1. */
export declare function unitNorm(args?: UnitNormArgs): Constraint;
/** No negative weights. */
export declare function nonNeg(): Constraint;
/** Vectors along the axis of a length between two values. */
export declare function minMaxNorm(args?: MinMaxNormArgs): Constraint;

export {};
