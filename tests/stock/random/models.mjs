// Random models: chains, graphs with branches and merges, shared and nested models, and the
// patterns that are computed in one go (convolution, batch norm, activation, residual add).
import * as tf from '@tensorflow/tfjs';
import {Builder, stockLayer} from './builder.mjs';
import {masks, move, recurrent} from './moves.mjs';
import * as o from './options.mjs';

const same = (a, b) => a.length === b.length && a.every((dim, i) => dim === b[i]);

function inputShape(d, rank) {
  const pixels = () => d.pick([1, 3, 4, 5, 6, 7, 9, 11, 13]);
  if (rank === 2) return [d.channels()];
  if (rank === 3) return [d.pick([1, 2, 3, 5, 7, 10]), d.channels()];
  if (rank === 4) return [pixels(), pixels(), d.channels()];
  return [d.int(1, 4), d.int(2, 6), d.int(2, 6), d.int(1, 4)];
}

/** Adds a random layer; its outputs. A layer that does not fit after all is an Error. */
function step(b, x) {
  const [name, config] = move(b.draw, x, b);
  if (/^(SimpleRNN|GRU|LSTM|RNN|ConvLSTM2D)$/.test(name) && b.draw.chance(0.15)) config.returnState = true;
  return b.apply(name, config, [x], {masked: masks(name, config, x)});
}

/** Layers on top of `x` until `count` stood or the result would be too large. */
function chain(b, x, count) {
  let outputs = [x];
  for (let i = 0; i < count; ++i) {
    try {
      outputs = step(b, outputs[0]);
    } catch (error) {
      if (!/negative|must|size|shape|dim|invalid|expected|should|fit|cannot/i.test(error.message)) throw error;
      // Its place in the recipe goes with it.
      b.recipe.layers.length = b.layers.length = b.recipe.calls.reduce((most, call) => Math.max(most, call.layer + 1), 0);
    }
  }
  return outputs;
}

function merge(b, tensors) {
  const d = b.draw;
  const name = d.pick(['Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate', 'Dot']);
  const rank = tensors[0].shape.length;
  if (name === 'Dot' && rank <= 3) {
    const axes = rank === 2 ? d.pick([1, -1]) : d.pick([1, 2, -1]);
    return b.apply('Dot', {axes, ...d.some({normalize: () => d.chance(0.7)})}, tensors.slice(0, 2));
  }
  if (name === 'Concatenate') return b.apply(name, d.some({axis: () => d.int(1, rank - 1)}), tensors);
  return b.apply(name === 'Dot' ? 'Add' : name, {}, tensors);
}

/** A second tensor that can be merged with `x`: of its shape, or of one that is broadcast. */
function partner(b, x) {
  const d = b.draw;
  if (d.chance(0.5)) return b.apply('Activation', {activation: o.activation(d)}, [x])[0];
  return b.apply('Dense', {units: d.chance(0.7) ? x.shape[x.shape.length - 1] : 1}, [x])[0];
}

function graph(d) {
  const b = new Builder(d);
  const ranks = Array.from({length: d.chance(0.3) ? 2 : 1}, () => d.pick([2, 3, 4, 5]));
  const ends = ranks.map((rank) => b.input([null, ...inputShape(d, rank)]))
      .map((x, i) => chain(b, x, d.int(i === 0 ? 0 : 1, 3))[0]);
  let outputs = [ends[0]];
  if (!ends[0].masked && ends[0].shape.slice(1).every((dim) => dim !== null)) {
    const others = Array.from({length: d.int(1, 2)}, () => partner(b, ends[0]));
    outputs = merge(b, d.chance(0.5) ? [ends[0], ...others] : [...others, ends[0]]);
  }
  outputs = [...chain(b, outputs[0], d.int(1, 3)), ...ends.slice(1)];
  if (d.chance(0.3)) outputs.push(b.tensors[d.int(ranks.length, b.tensors.length - 1)] ?? ends[0]);
  return finish(b, outputs);
}

/** The model to `outputs`, an input among them passed on by a layer. */
function finish(b, outputs) {
  const ends = [...new Set(outputs)].map((x) => (x.id < b.recipe.inputs.length ? b.apply('Activation', {activation: 'softsign'}, [x])[0] : x));
  return {model: b.finish(ends), recipe: b.recipe};
}

function plainChain(d) {
  const b = new Builder(d);
  const x = b.input([null, ...inputShape(d, d.pick([2, 3, 3, 4, 4, 4, 5]))]);
  return finish(b, chain(b, x, d.int(1, 6)));
}

/** A Sequential of the layers of a random chain. */
function sequential(d) {
  const b = new Builder(d);
  const shape = [null, ...inputShape(d, d.pick([2, 3, 4, 4, 5]))];
  chain(b, b.input(shape), d.int(1, 5));
  // A Sequential refuses layers with several outputs.
  const specs = b.recipe.layers.map(({class_name: name, config: {returnState, ...config}}) => ({class_name: name, config}));
  if (specs.length === 0) specs.push({class_name: 'Dense', config: {units: 3}});
  specs[0].config.batchInputShape = shape;
  const model = tf.sequential();
  for (const spec of specs) model.add(stockLayer(spec));
  return {model, recipe: {sequential: specs}};
}

/** Words through an Embedding that masks zeros, then layers that read or keep the mask. */
function text(d) {
  const b = new Builder(d);
  const words = d.int(4, 30);
  const x = b.input([null, d.chance(0.2) ? null : d.int(1, 9)], d.pick(['int32', 'float32']));
  x.words = words;
  b.recipe.inputs[0].words = words;
  const maskZero = d.chance(0.7);
  const embedded = b.apply('Embedding', {inputDim: words, outputDim: d.channels(), ...d.some({maskZero: () => maskZero,
    embeddingsConstraint: () => o.constraint(d)}, 0.9)}, [x]);
  embedded[0].masked = b.recipe.layers[0].config.maskZero === true;
  b.maskSeen = embedded[0].masked;
  return finish(b, chain(b, embedded[0], d.int(1, 4)));
}

/** An encoder's states begin a decoder. */
function states(d) {
  const b = new Builder(d);
  const kind = d.pick(['SimpleRNN', 'GRU', 'LSTM']);
  const units = d.pick([1, 3, 4, 7, 9]);
  const source = b.input([null, d.chance(0.3) ? null : d.int(1, 6), d.channels()]);
  const target = b.input([null, d.int(1, 6), d.channels()]);
  const wrap = d.chance(0.3);
  const layer = (more) => ({...o.cell(d, kind), ...o.recurrentFlags(d), ...more, units});
  const [name, encoder, decoder] = wrap ?
      ['Bidirectional', ...[{returnState: true}, {}].map((more) => ({layer: {class_name: kind, config: layer(more)}}))] :
      [kind, layer({returnState: true}), layer(d.some({returnState: () => true}))];
  const [encoded, ...ends] = b.apply(name, encoder, [source]);
  const out = b.apply(name, decoder, [target, ...ends], {states: ends.length});
  return finish(b, d.chance(0.5) ? out : [...out, encoded]);
}

/** What is computed in one go when nobody else looks: convolution or dense, batch norm, activation, residual. */
function fused(d) {
  const b = new Builder(d);
  const channels = d.channels();
  const image = d.chance(0.75);
  const x = b.input([null, ...(image ? [d.int(3, 17), d.int(3, 17)] : []), d.chance(0.5) ? channels : d.channels()]);
  const seen = [];
  let y = x;
  const blocks = d.int(1, 3);
  for (let i = 0; i < blocks; ++i) {
    const kind = image ? d.pick(['Conv2D', 'Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose']) : 'Dense';
    const options = {useBias: d.chance(0.5), ...d.some({activation: () => o.activation(d)}, 0.3)};
    if (image) Object.assign(options, {kernelSize: d.int(1, 3), padding: 'same'}, d.some({strides: () => d.int(1, 2)}, 0.15));
    if (kind === 'Dense') options.units = channels;
    if (!/Dense|Depthwise/.test(kind)) options.filters = channels;
    const before = y;
    [y] = b.apply(kind, options, [y]);
    seen.push(y);
    const parts = [
      () => ['BatchNormalization', d.some({scale: () => false, center: () => false, epsilon: () => 0.01}, 0.2)],
      () => d.pick([['Activation', {activation: o.activation(d)}], ['ReLU', {maxValue: 6}], ['LeakyReLU', {}]]),
      () => ['Add', {}],
      () => d.pick([['Activation', {activation: o.activation(d)}], ['ReLU', {}], ['Dropout', {rate: 0.5}]]),
      () => ['Multiply', {}],
    ];
    for (const part of parts) {
      if (d.chance(0.35)) continue;
      const [name, config] = part();
      if (name !== 'Add' && name !== 'Multiply') {
        [y] = b.apply(name, config, [y]);
      } else if (same(before.shape, y.shape)) {
        [y] = b.apply(name, config, d.chance(0.5) ? [y, before] : [before, y]);
      } else if (d.chance(0.5)) {
        [y] = b.apply(name, config, d.chance(0.3) ? [y, y] : [y, seen.find((s) => same(s.shape, y.shape)) ?? y]);
      }
      seen.push(y);
    }
  }
  return finish(b, d.chance(0.5) ? [y] : [y, d.pick(seen)]);
}

/** One layer or model called several times. */
function shared(d) {
  const b = new Builder(d);
  const width = d.channels();
  const x = b.input([null, width]);
  const other = d.chance(0.4) ? b.input([null, width]) : b.apply('Activation', {activation: 'tanh'}, [x])[0];
  let index;
  if (d.chance(0.5)) {
    const spec = {class_name: 'Dense', config: {...o.dense(d), units: width}};
    index = b.add(stockLayer(spec), spec);
  } else {
    const inner = nested(d, width);
    index = b.add(inner.model, {model: inner.recipe});
  }
  const one = b.call(index, [x])[0];
  const two = b.call(index, [d.chance(0.5) ? one : other])[0];
  const three = d.chance(0.4) ? b.call(index, [two])[0] : x;
  const [sum] = b.apply(d.pick(['Add', 'Concatenate', 'Maximum']), {}, [one, two, ...(d.chance(0.5) ? [three, other] : [other])]);
  return finish(b, d.chance(0.5) ? chain(b, sum, d.int(0, 2)) : [sum, two]);
}

/** A model from [width] to [width], Sequential or not, perhaps with models inside. */
function nested(d, width, depth = 2) {
  const deeper = depth > 0 && d.chance(0.3) ? nested(d, width, depth - 1) : undefined;
  if (d.chance(0.5)) {
    const specs = [{class_name: 'Dense', config: {...o.dense(d), inputShape: [width]}},
      {class_name: 'BatchNormalization', config: {}}, {class_name: 'Dense', config: {...o.dense(d), units: width}}];
    const model = tf.sequential();
    for (const spec of specs) model.add(stockLayer(spec));
    if (deeper) {
      model.add(deeper.model);
      specs.push({model: deeper.recipe});
    }
    return {model, recipe: {sequential: specs}};
  }
  const b = new Builder(d);
  const x = b.input([null, width]);
  let [y] = b.apply('Dense', {...o.dense(d), units: width}, [x]);
  if (deeper) [y] = b.call(b.add(deeper.model, {model: deeper.recipe}), [y]);
  return finish(b, b.apply('Add', {}, [x, y]));
}

/** A recurrent layer that keeps its state, for batches of one size. */
function stateful(d) {
  const b = new Builder(d);
  const x = b.input([d.int(1, 4), d.int(1, 5), d.channels()]);
  const [name, config] = recurrent(d);
  const [y] = b.apply(name, {...config, stateful: true, returnSequences: true}, [x]);
  return finish(b, b.apply('LSTM', {units: 3, stateful: d.chance(0.5)}, [y]));
}

/** Enough work for several threads. */
function large(d) {
  const b = new Builder(d);
  const x = b.input([null, d.int(20, 40), d.int(20, 40), d.pick([1, 3, 4])]);
  let [y] = b.apply('Conv2D', {filters: d.pick([15, 16, 33]), kernelSize: d.pick([3, [3, 5], 5]), strides: d.int(1, 2), padding: 'same',
    activation: 'relu'}, [x]);
  [y] = b.apply(d.pick(['DepthwiseConv2D', 'SeparableConv2D']), {filters: 17, kernelSize: 3, strides: d.int(1, 2),
    activation: 'swish'}, [y]);
  [y] = d.chance(0.5) ? b.apply('GlobalAveragePooling2D', {}, [y]) : b.apply('Flatten', {}, [b.apply('MaxPooling2D', {}, [y])[0]]);
  return finish(b, b.apply('Dense', {units: d.pick([100, 333]), activation: 'softmax'}, [y]));
}

/** A preprocessing layer; not the first, since CenterCrop and CategoryEncoding of stock overwrite the shape they are given. */
function preprocessing(d) {
  const [spec, shape] = d.pick([
    () => [{class_name: 'CategoryEncoding', config: {numTokens: d.int(5, 9), outputMode: d.pick(['multiHot', 'count', 'oneHot'])}},
      [d.int(1, 4)]],
    () => [{class_name: 'CenterCrop', config: {height: d.int(1, 9), width: d.int(1, 9)}}, [d.int(1, 9), d.int(1, 9), d.int(1, 4)]],
    () => [{class_name: 'Rescaling', config: {scale: 1 / 255, offset: d.pick([0, -1])}}, [4, 4, 3]],
  ])();
  const specs = [{class_name: 'Reshape', config: {targetShape: shape, inputShape: shape}}, spec];
  const model = tf.sequential();
  for (const one of specs) model.add(stockLayer(one));
  return {model, recipe: {sequential: specs, words: 5}};
}

const kinds = [plainChain, plainChain, plainChain, plainChain, sequential, sequential, graph, graph, graph, text, text, states, fused,
  fused, fused, shared, stateful, large, preprocessing];

/** The model of a seed, as {model, recipe, kind}. */
export function randomModel(draw) {
  const kind = draw.pick(kinds);
  return {...kind(draw), kind: kind.name};
}
