// tf.initializers: how weights begin.

import { describer } from './described.js';

export const zeros = describer('Zeros');
export const ones = describer('Ones');
export const constant = describer('Constant');
export const identity = describer('Identity');
export const randomUniform = describer('RandomUniform');
export const randomNormal = describer('RandomNormal');
export const truncatedNormal = describer('TruncatedNormal');
export const varianceScaling = describer('VarianceScaling');
export const glorotUniform = describer('GlorotUniform');
export const glorotNormal = describer('GlorotNormal');
export const heUniform = describer('HeUniform');
export const heNormal = describer('HeNormal');
export const leCunUniform = describer('LeCunUniform');
export const leCunNormal = describer('LeCunNormal');
export const orthogonal = describer('Orthogonal');
