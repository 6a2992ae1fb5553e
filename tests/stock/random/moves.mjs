// One random layer after another: what may follow a tensor of a rank. A move takes (draw, tensor)
// and gives [class name, config], or undefined when it does not fit.
import * as o from './options.mjs';

const known = (shape) => shape.slice(1).every((dim) => dim !== null);
const product = (dims) => dims.reduce((a, b) => a * b, 1);
const last = (shape) => shape[shape.length - 1];

function batchNorm(d, x) {
  if (x.shape.length > 4 || last(x.shape) === null) return undefined;
  const config = {...d.some({axis: () => d.pick([-1, x.shape.length - 1])}, 0.3), ...d.some({momentum: () => 0.9,
    epsilon: () => d.pick([1e-3, 0.01, 1e-5]), center: () => d.chance(0.5), scale: () => d.chance(0.5)}, 0.3),
  ...o.weightOptions(d, ['gamma', 'beta']), ...o.common(d)};
  if (d.chance(0.05)) config.movingMeanInitializer = 'ones';
  return ['BatchNormalization', config];
}

function layerNorm(d, x) {
  if (!known(x.shape)) return undefined;
  const rank = x.shape.length;
  const axis = d.pick([-1, rank - 1, d.int(1, rank - 1), rank > 2 ? [rank - 2, rank - 1] : [1]]);
  const config = {...d.some({axis: () => axis}), ...d.some({epsilon: () => 0.01, center: () => d.chance(0.5),
    scale: () => d.chance(0.5), gammaInitializer: () => o.initializer(d), betaRegularizer: () => o.regularizer(d)}, 0.2)};
  return ['LayerNormalization', config];
}

function reshape(d, x) {
  if (!known(x.shape)) return undefined;
  const size = product(x.shape.slice(1));
  const divisors = [1, 2, 3, 4, 5, 7].filter((n) => size % n === 0);
  const a = d.pick(divisors);
  const b = d.pick([1, 2, 3, 4, 5].filter((n) => (size / a) % n === 0));
  const shape = d.pick([[size], [a, size / a], [size / a, a], [a, b, size / a / b], [b, size / a / b, a]]);
  if (d.chance(0.3)) shape[d.int(0, shape.length - 1)] = -1;
  return ['Reshape', {targetShape: shape}];
}

function permute(d, x) {
  const dims = x.shape.slice(1).map((_, i) => i + 1);
  for (let i = dims.length - 1; i > 0; --i) {
    const j = d.int(0, i);
    [dims[i], dims[j]] = [dims[j], dims[i]];
  }
  return ['Permute', {dims}];
}

function prelu(d, x) {
  if (!known(x.shape)) return undefined;
  const axes = x.shape.slice(1).map((_, i) => i + 1).filter(() => d.chance(0.5));
  return ['PReLU', d.some({sharedAxes: () => axes.length === 1 && d.chance(0.5) ? axes[0] : axes,
    alphaInitializer: () => o.initializer(d), alphaConstraint: () => 'nonNeg'}, 0.4)];
}

/** Moves that fit any rank from 2 on. */
const anyRank = [
  (d) => ['Activation', {activation: o.activation(d)}],
  (d, x) => last(x.shape) === null ? undefined : ['Dense', o.dense(d)],
  batchNorm,
  layerNorm,
  prelu,
  reshape,
  permute,
  (d) => ['Dropout', {rate: d.pick([0, 0.3, 1]), ...d.some({seed: () => 5})}],
  (d) => ['ReLU', d.some({maxValue: () => d.pick([6, 0.5])})],
  (d) => ['LeakyReLU', d.some({alpha: () => d.pick([0.1, 0, 1.5])})],
  () => ['ELU', {}],
  (d) => ['ThresholdedReLU', d.some({theta: () => 0.5})],
  (d, x) => ['Softmax', {axis: d.pick([-1, x.shape.length - 1])}],
  (d) => d.pick([['GaussianNoise', {stddev: 0.3}], ['GaussianDropout', {rate: 0.3}], ['AlphaDropout', {rate: 0.2}]]),
  (d) => ['Rescaling', {scale: d.pick([0.5, 1 / 3, 2]), ...d.some({offset: () => -0.25})}],
];

function pool(kind, rank) {
  return (d) => {
    const config = d.some({poolSize: () => d.sizes(rank, () => d.int(1, 4)), strides: () => d.sizes(rank, () => d.int(1, 3)),
      padding: () => d.pick(['same', 'valid'])}, 0.6);
    if (rank > 1 && d.chance(0.15)) config.dataFormat = 'channelsFirst';
    return [`${kind}Pooling${rank}D`, config];
  };
}

function convolution(rank) {
  return (d) => [`Conv${rank}D`, {filters: rank === 3 ? d.int(1, 5) : d.channels(), ...o.conv(d, rank, {formats: rank > 1})}];
}

function transposed(rank) {
  return (d, x) => {
    if (!known(x.shape)) return undefined;
    return [`Conv${rank}DTranspose`, {filters: d.int(1, 9), ...o.conv(d, rank, {dilates: false})}];
  };
}

function depthwise(d) {
  // Stock ignores the dilation of this layer.
  const config = {...o.conv(d, 2, {kernelName: null, dilates: false}),
    ...d.some({depthMultiplier: () => d.int(1, 3), depthwiseInitializer: () => o.initializer(d)}, 0.3)};
  return ['DepthwiseConv2D', config];
}

function separable(d) {
  // Stock loses depthMultiplier when it saves, fails for channelsFirst with a bias, and takes the
  // depthwise initializer for the pointwise one.
  const config = {filters: d.channels(), ...o.conv(d, 2, {kernelName: null, formats: false}),
    ...d.some({pointwiseRegularizer: () => o.regularizer(d),
      pointwiseConstraint: () => 'nonNeg'}, 0.1)};
  return ['SeparableConv2D', config];
}

function edges(d, name, key) {
  const four = () => [[d.int(0, 2), d.int(0, 2)], [d.int(0, 2), d.int(0, 2)]];
  const value = d.pick([() => d.int(0, 2), () => [d.int(0, 2), d.int(0, 2)], four])();
  const config = {[key]: value, ...d.some({dataFormat: () => d.pick(['channelsFirst', 'channelsLast'])}, 0.2)};
  return [name, config];
}

function upSampling(d) {
  return ['UpSampling2D', d.some({size: () => [d.int(1, 3), d.int(1, 3)], interpolation: () => d.pick(['nearest', 'bilinear']),
    dataFormat: () => d.pick(['channelsFirst', 'channelsLast'])}, 0.4)];
}

const flatten = (d, x) => known(x.shape) ? ['Flatten', d.some({dataFormat: () => d.pick(['channelsFirst', 'channelsLast'])}, 0.2)] :
    undefined;

/** One of `moves` applied to every time step. */
function inner(moves) {
  return (d, x) => {
    const step = {shape: [x.shape[0], ...x.shape.slice(2)], masked: false};
    const move = d.pick(moves)(d, step);
    return move && ['TimeDistributed', {layer: {class_name: move[0], config: move[1]}}];
  };
}

export function recurrent(d) {
  const kind = d.pick(['SimpleRNN', 'GRU', 'LSTM']);
  return [kind, {...o.cell(d, kind), ...o.recurrentFlags(d), ...o.common(d)}];
}

function rnn(d) {
  const one = () => {
    const kind = d.pick(['SimpleRNN', 'GRU', 'LSTM']);
    const config = o.cell(d, kind);
    // Within a stack, stock keeps the masks of the first batch for later ones.
    return {class_name: `${kind}Cell`, config: {...config, dropout: 0, recurrentDropout: 0}};
  };
  const cells = Array.from({length: d.int(1, 3)}, one);
  const config = o.recurrentFlags(d);
  if (cells.length === 1 && d.chance(0.7)) return ['RNN', {cell: cells[0], ...config}];
  return ['RNN', {cell: {class_name: 'StackedRNNCells', config: {cells}}, ...config}];
}

function bidirectional(d) {
  const [name, config] = recurrent(d);
  return ['Bidirectional', {layer: {class_name: name, config},
    ...d.some({mergeMode: () => d.pick(['sum', 'ave', 'mul', 'concat'])}, 0.7)}];
}

function convLstm(d, x) {
  if (!known(x.shape)) return undefined;
  const config = {filters: d.int(1, 5), ...o.conv(d, 2, {formats: false})};
  delete config.activation;
  return ['ConvLSTM2D', {...config, ...d.some({activation: () => d.pick(['tanh', 'relu']), recurrentActivation: () => 'sigmoid',
    unitForgetBias: () => d.chance(0.5)}), ...o.recurrentFlags(d)}];
}

const rank2 = [(d) => ['RepeatVector', {n: d.int(1, 5)}], (d) => ['Dense', o.dense(d)], (d) => ['Dense', o.dense(d)]];
const rank3 = [convolution(1), convolution(1), pool('Max', 1), pool('Average', 1), recurrent, recurrent, rnn, bidirectional,
  bidirectional, flatten, (d) => ['SpatialDropout1D', {rate: 0.3}], (d) => [d.pick(['GlobalMaxPooling1D', 'GlobalAveragePooling1D']), {}],
  (d) => ['Masking', d.some({maskValue: () => d.pick([0, 0.5])})], inner([...anyRank, ...rank2])];
const rank4 = [convolution(2), convolution(2), convolution(2), depthwise, depthwise, separable, transposed(2), pool('Max', 2),
  pool('Average', 2), flatten, upSampling, (d) => edges(d, 'ZeroPadding2D', 'padding'),
  (d) => edges(d, 'Cropping2D', 'cropping'),
  (d) => [d.pick(['GlobalMaxPooling2D', 'GlobalAveragePooling2D']), d.some({dataFormat: () => 'channelsFirst'}, 0.2)],
  inner([...anyRank, convolution(1), pool('Max', 1), recurrent, flatten])];
const rank5 = [convolution(3), transposed(3), pool('Max', 3), pool('Average', 3), convLstm, convLstm, flatten,
  inner([...anyRank, convolution(2), depthwise, separable, transposed(2), pool('Average', 2), flatten])];
const ofRank = {2: rank2, 3: rank3, 4: rank4, 5: rank5};

const readsMask = new Set(['SimpleRNN', 'GRU', 'LSTM', 'RNN', 'Bidirectional', 'ConvLSTM2D', 'Softmax']);
const keepsMask = new Set(['Dense', 'Activation', 'Dropout', 'SpatialDropout1D', 'ReLU', 'PReLU', 'BatchNormalization',
  'LayerNormalization', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'TimeDistributed']);
const recurrents = new Set(['SimpleRNN', 'GRU', 'LSTM', 'RNN', 'Bidirectional', 'ConvLSTM2D']);

/** Whether the layer's output has a mask. */
export function masks(name, config, x) {
  if (name === 'Masking') return true;
  if (recurrents.has(name)) return x.masked && (config.layer ?? {config}).config.returnSequences === true;
  return x.masked && keepsMask.has(name);
}

/**
 * A layer for `x` as [class name, config]. Leaves out what stock gets wrong: masks and initial
 * states that reach layers they are not meant for.
 */
export function move(d, x, builder) {
  for (let tries = 0; tries < 50; ++tries) {
    const moves = d.chance(0.35) ? anyRank : ofRank[x.shape.length];
    const found = d.pick(moves)(d, x);
    if (found === undefined) continue;
    const [name, config] = found;
    if (readsMask.has(name) && builder.maskSeen && !x.masked) continue;
    // Stock adds the mask of steps to the last axis, whatever that is.
    if (name === 'Softmax' && builder.maskSeen) continue;
    if (name === 'Masking' && builder.statesSeen) continue;
    if (recurrents.has(name) && builder.maskSeen && builder.statesSeen) continue;
    // Over hundreds of steps rounding errors grow with each.
    if (recurrents.has(name) && x.shape[1] > 40) continue;
    if (product(x.shape.slice(1).map((dim) => dim ?? 5)) > 6000 && /Dense|UpSampling|Transpose/.test(name)) continue;
    // Where the length is unknown, a kernel could reach over all of it.
    if (/Conv|Pooling\dD/.test(name) && !name.startsWith('Global') && !known(x.shape)) config.padding = 'same';
    return [name, config];
  }
  return ['Activation', {activation: 'tanh'}];
}
