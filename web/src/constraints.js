// tf.constraints: what weights are held to.

import { describer } from './described.js';

export const maxNorm = describer('MaxNorm', { maxValue: 2, axis: 0 });
export const unitNorm = describer('UnitNorm', { axis: 0 });
export const nonNeg = describer('NonNeg');
export const minMaxNorm = describer('MinMaxNorm', { minValue: 0, maxValue: 1, rate: 1, axis: 0 });
