// tf.initializers: how weights begin. Each function gives a description that configs of layers take;
// configs take a name ('heNormal') as well.

import type { Described } from './described.js';

export type Initializer = Described;
export type FanMode = 'fanIn' | 'fanOut' | 'fanAvg';
export type Distribution = 'normal' | 'uniform';

export interface SeedOnlyInitializerArgs {
  /** Makes the numbers the same every time. */
  seed?: number;
}
export interface ConstantArgs {
  value: number;
}
export interface IdentityArgs {
  /** What the ones are multiplied by; 1 if not given. */
  gain?: number;
}
export interface RandomUniformArgs extends SeedOnlyInitializerArgs {
  /** -0.05 if not given. */
  minval?: number;
  /** 0.05 if not given. */
  maxval?: number;
}
export interface RandomNormalArgs extends SeedOnlyInitializerArgs {
  /** 0 if not given. */
  mean?: number;
  /** Standard deviation; 0.05 if not given. */
  stddev?: number;
}
export type TruncatedNormalArgs = RandomNormalArgs;
export interface VarianceScalingArgs extends SeedOnlyInitializerArgs {
  /** 1 if not given. */
  scale?: number;
  /** 'fanIn' if not given. */
  mode?: FanMode;
  /** 'normal' if not given. */
  distribution?: Distribution;
}
export interface OrthogonalArgs extends SeedOnlyInitializerArgs {
  /** 1 if not given. */
  gain?: number;
}

export declare function zeros(): Initializer;
export declare function ones(): Initializer;
export declare function constant(args: ConstantArgs): Initializer;
/** For square matrices. */
export declare function identity(args?: IdentityArgs): Initializer;
export declare function randomUniform(args?: RandomUniformArgs): Initializer;
export declare function randomNormal(args?: RandomNormalArgs): Initializer;
/** Values further than two standard deviations from the mean are drawn again. */
export declare function truncatedNormal(args?: TruncatedNormalArgs): Initializer;
/** Random numbers whose spread depends on how many numbers a unit takes or gives. */
export declare function varianceScaling(args?: VarianceScalingArgs): Initializer;
export declare function glorotUniform(args?: SeedOnlyInitializerArgs): Initializer;
export declare function glorotNormal(args?: SeedOnlyInitializerArgs): Initializer;
export declare function heUniform(args?: SeedOnlyInitializerArgs): Initializer;
export declare function heNormal(args?: SeedOnlyInitializerArgs): Initializer;
export declare function leCunUniform(args?: SeedOnlyInitializerArgs): Initializer;
export declare function leCunNormal(args?: SeedOnlyInitializerArgs): Initializer;
/** A random orthogonal matrix. */
export declare function orthogonal(args?: OrthogonalArgs): Initializer;
