// tf.initializers: how weights begin.

import { describer } from './described.js';

export const zeros = describer('Zeros');
export const ones = describer('Ones');
export const constant = describer('Constant');
export const identity = describer('Identity', { gain: 1 });
export const randomUniform = describer('RandomUniform', { minval: -0.05, maxval: 0.05 });
export const randomNormal = describer('RandomNormal', { mean: 0, stddev: 0.05 });
export const truncatedNormal = describer('TruncatedNormal', { mean: 0, stddev: 0.05 });
export const varianceScaling = describer('VarianceScaling', {
  scale: 1,
  mode: 'fanIn',
  distribution: 'normal',
});
export const glorotUniform = describer('GlorotUniform');
export const glorotNormal = describer('GlorotNormal');
export const heUniform = describer('HeUniform');
export const heNormal = describer('HeNormal');
export const leCunUniform = describer('LeCunUniform');
export const leCunNormal = describer('LeCunNormal');
export const orthogonal = describer('Orthogonal', { gain: 1 });
