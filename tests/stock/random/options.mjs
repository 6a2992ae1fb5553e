// Options that many layers share, drawn at random.

export const activations = ['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'softplus', 'softsign',
  'tanh', 'softmax', 'logSoftmax', 'swish', 'mish', 'gelu'];
const gates = ['sigmoid', 'hardSigmoid', 'tanh', 'softsign'];

export const activation = (d) => d.pick(activations);

export function initializer(d) {
  return d.pick([
    () => d.pick(['zeros', 'ones', 'glorotNormal', 'glorotUniform', 'heNormal', 'heUniform', 'leCunNormal', 'leCunUniform',
      'randomNormal', 'randomUniform', 'truncatedNormal']),
    () => ({class_name: 'Constant', config: {value: d.pick([0.5, -1e-7, 3])}}),
    () => ({class_name: 'RandomNormal', config: {mean: 0.1, stddev: 0.2, seed: 3}}),
    () => ({class_name: 'RandomUniform', config: {minval: -0.25, maxval: 1e-3, seed: 4}}),
    () => ({class_name: 'VarianceScaling', config: {scale: 2, mode: 'fanAvg', distribution: d.pick(['normal', 'uniform'])}}),
  ])();
}

export const regularizer = (d) => d.pick([
  'l1l2', {class_name: 'L1L2', config: {l1: 0.01, l2: 1e-7}}, {class_name: 'L1L2', config: {l2: 0.5}}]);

export const constraint = (d) => d.pick([
  'nonNeg', 'unitNorm', 'maxNorm', 'minMaxNorm', {class_name: 'MaxNorm', config: {maxValue: 1.5, axis: 0}},
  {class_name: 'MinMaxNorm', config: {minValue: 0.1, maxValue: 0.9, rate: 0.5, axis: 0}}]);

/** Initializers, regularizers and constraints of the weights `names` ("kernel", ...). */
export function weightOptions(d, names) {
  const out = {};
  for (const name of names) {
    const parts = {[`${name}Initializer`]: () => initializer(d), [`${name}Regularizer`]: () => regularizer(d),
      [`${name}Constraint`]: () => constraint(d)};
    Object.assign(out, d.some(parts, 0.06));
  }
  return out;
}

/** What every layer may be told. */
export function common(d) {
  return d.some({trainable: () => false}, 0.05);
}

export function dense(d) {
  return {units: d.channels(), ...d.some({activation: () => activation(d), useBias: () => d.chance(0.5)}),
    ...weightOptions(d, ['kernel', 'bias']), ...common(d)};
}

/** Kernel, strides or dilation, padding and the rest, for `rank` spatial axes. `kernelName` begins the names of the kernel's options. */
export function conv(d, rank, {dilates = true, kernelName = 'kernel', formats = true} = {}) {
  const config = {kernelSize: d.sizes(rank, () => d.int(1, 4))};
  if (d.chance(0.6)) config.padding = d.pick(['same', 'valid']);
  if (d.chance(0.4)) {
    config.strides = d.sizes(rank, () => d.int(1, 3));
  } else if (dilates && d.chance(0.3)) {
    config.dilationRate = d.sizes(rank, () => d.int(1, 3));
  }
  if (formats && d.chance(0.15)) config.dataFormat = d.pick(['channelsFirst', 'channelsLast']);
  Object.assign(config, d.some({activation: () => activation(d)}), d.some({useBias: () => d.chance(0.5)}, 0.3),
      kernelName === null ? {} : weightOptions(d, [kernelName, 'bias']), common(d));
  return config;
}

/** The options of one recurrent cell. */
export function cell(d, kind) {
  const config = {units: d.pick([1, 2, 3, 4, 5, 7, 8, 16, 17]), ...d.some({
    activation: () => d.pick(['tanh', 'relu', 'sigmoid', 'linear', 'softsign', 'elu', 'hardSigmoid', 'selu']),
    useBias: () => d.chance(0.5)}, 0.3), ...weightOptions(d, ['kernel', 'recurrent', 'bias'])};
  if (kind !== 'SimpleRNN' && d.chance(0.4)) {
    // Gates below 0 or above 1 let an unbounded state grow until rounding errors are all there is.
    const bounded = config.activation === undefined || config.activation === 'tanh';
    config.recurrentActivation = d.pick(bounded ? gates : gates.slice(0, 2));
  }
  if (kind === 'LSTM' && d.chance(0.4)) config.unitForgetBias = d.chance(0.5);
  if (kind !== 'SimpleRNN' && d.chance(0.2)) config.implementation = d.pick([1, 2]);
  return Object.assign(config, d.some({dropout: () => 0.25, recurrentDropout: () => 0.5}, 0.1));
}

export function recurrentFlags(d) {
  return d.some({returnSequences: () => d.chance(0.7), goBackwards: () => d.chance(0.6)}, 0.5);
}
