// tf.layers: every function makes the layer that stock TensorFlow.js makes of the same options, so
// that models built here are saved as it would save them, byte for byte.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelText, samples, sequentialText } from './layer_samples.mjs';
import { stockTensorFlow, thePackage } from './stock.mjs';

const stock = stockTensorFlow();
const tf = await thePackage();

/** Classes to derive one's own from: not here, where layers are the core's. */
const baseClasses = ['RNN', 'RNNCell'];

test('Every function of stock is here', () => {
  const missing = Object.keys(stock.layers).filter((name) => !(name in tf.layers));
  assert.deepEqual(missing, baseClasses);
  for (const part of ['initializers', 'regularizers', 'constraints', 'models', 'io']) {
    assert.deepEqual(Object.keys(stock[part]).filter((name) => !(name in tf[part])), [], `tf.${part}`);
  }
});

// Names are counted by both, so the order of the samples is part of the comparison.
for (const sample of samples) {
  test(`A model of ${sample.what} is stock's, byte for byte`, () => {
    assert.equal(modelText(tf, sample), modelText(stock, sample));
    if (Array.isArray(sample.inputShape[0])) return; // merges two: no Sequential can
    assert.equal(sequentialText(tf, sample), sequentialText(stock, sample));
  });
}

test('First layers with a shape of their own are stock\'s, byte for byte', () => {
  const first = [
    (from) => from.layers.dense({ units: 1, inputShape: [3], name: 'first' }),
    (from) => from.layers.dense({ units: 1, inputDim: 3, name: 'first' }),
    (from) => from.layers.dense({ units: 1, batchInputShape: [4, 3], name: 'first' }),
    (from) => from.layers.dense({ units: 1, inputShape: [3], batchSize: 4, name: 'first' }),
    (from) => from.layers.dense({ units: 1, inputShape: [3], dtype: 'float32', name: 'first' }),
    (from) => from.layers.embedding({ inputDim: 3, outputDim: 2, name: 'first' }),
    (from) => from.layers.embedding({ inputDim: 3, outputDim: 2, inputLength: 4, name: 'first' }),
    (from) => from.layers.lstm({ units: 1, inputShape: [null, 3], name: 'first' }),
    (from) => from.layers.reLU({ inputShape: [2], name: 'first' }),
  ];
  for (const make of first) {
    const text = (from) => from.sequential({ name: 'm', layers: [make(from)] }).toJSON();
    assert.equal(text(tf), text(stock));
  }
});

test('getConfig is stock\'s', () => {
  for (const { what, make } of samples) {
    // Stock leaves out what is undefined, and gives no numbers to names.
    const config = (from) => JSON.parse(JSON.stringify({ ...make(from).getConfig(), name: '' }));
    const withoutNames = (json) => JSON.stringify(json, (key, value) =>
      (key === 'name' ? undefined : value ?? undefined));
    if (what.startsWith('rnn')) continue; // stock repeats the cell's options beside the cell
    assert.deepEqual(JSON.parse(withoutNames(config(tf))), JSON.parse(withoutNames(config(stock))), what);
  }
});

test('A layer made of the config of another is the same', () => {
  for (const { what, inputShape, make } of samples) {
    const functionName = what.split(' ')[0];
    if (!(functionName in tf.layers)) continue;
    const name = 'twin';
    const text = (layer) => modelText(tf, { inputShape, make: () => layer });
    const one = make(tf).getConfig();
    const twin = tf.layers[functionName]({ ...one, name });
    const again = tf.layers[functionName]({ ...twin.getConfig() });
    assert.equal(text(again), text(twin), what);
  }
});

test('Functions in configs are refused, and names are suggested', () => {
  assert.throws(() => tf.layers.dense({ units: 1, activation: (x) => x }),
    /^Error: tf\.layers\.dense: activation: functions cannot be saved in a model; give the name instead$/);
});

test('Numbers that JSON would lose are refused', () => {
  assert.throws(() => tf.layers.dropout({ rate: NaN }), /tf\.layers\.dropout: rate: expected a finite number, but got NaN/);
});

const mistakes = [
  ['no units', () => tf.layers.dense(), /tf\.layers\.dense: .*units is missing: expected an integer of at least 1/],
  ['units of 0', () => tf.layers.dense({ units: 0 }), /units must be at least 1, got 0/],
  ['units of 1.5', () => tf.layers.dense({ units: 1.5 }), /units must be an integer, got 1.5/],
  ['an unknown activation', () => tf.layers.dense({ units: 1, activation: 'rely' }), /unknown activation 'rely'/],
  ['an unknown initializer', () => tf.layers.dense({ units: 1, kernelInitializer: 'x' }), /unknown initializer 'x'/],
  ['an unknown padding', () => tf.layers.conv2d({ filters: 1, kernelSize: 1, padding: 'x' }), /padding must be 'valid' or 'same', got 'x'/],
  ['a kernel of three axes', () => tf.layers.conv2d({ filters: 1, kernelSize: [1, 2, 3] }), /kernel_size must be one integer or a list of 2, got \[1, 2, 3\]/],
  ['no inner layer', () => tf.layers.timeDistributed({}), /layer is missing/],
  ['no config object', () => tf.layers.dense('units'), /tf\.layers\.dense: expected a config object, but got "units"/],
  ['a shape that is no array', () => tf.layers.dense({ units: 1, inputShape: 3 }), /inputShape: expected an array, got 3/],
  ['a name used twice', () => {
    const x = tf.input({ shape: [1] });
    const dense = () => tf.layers.dense({ units: 1, name: 'twice' });
    tf.model({ inputs: x, outputs: dense().apply(dense().apply(x)) });
  }, /two layers are named 'twice'/],
  ['shapes that do not fit', () =>
    tf.layers.concatenate().apply([tf.input({ shape: [2, 3] }), tf.input({ shape: [3, 4] })]),
  /inputs must be alike but for axis -1, got \[\[null, 2, 3\], \[null, 3, 4\]\]/],
  ['something else than tensors', () => tf.layers.dense({ units: 1 }).apply(3), /takes SymbolicTensors or Tensors/],
  ['an unknown option of apply', () => tf.layers.dense({ units: 1 }).apply(tf.input({ shape: [1] }), { mask: 1 }), /unknown options mask/],
  ['no call yet', () => tf.layers.dense({ units: 1 }).output, /has never been called/],
];
for (const [what, work, message] of mistakes) {
  test(`Says what is wrong: ${what}`, () => {
    assert.throws(work, message);
  });
}

test('Layers compute on tensors', () => {
  const dense = tf.layers.dense({ units: 2, kernelInitializer: 'ones' });
  assert.deepEqual(dense.apply(tf.tensor2d([[1, 2, 3]])).arraySync(), [[6, 6]]);
  assert.equal(dense.built, true);
  const sum = tf.layers.add().apply([tf.tensor2d([[1]]), tf.tensor2d([[2]])]);
  assert.deepEqual(sum.arraySync(), [[3]]);
});

test('Layers take their first weights as an option', () => {
  const weights = [tf.tensor2d([[1], [2]]), tf.tensor1d([5])];
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], weights })] });
  assert.deepEqual(model.predict(tf.ones([1, 2])).arraySync(), [[8]]);
  const x = tf.input({ shape: [2] });
  const functional = tf.model({ inputs: x, outputs: tf.layers.dense({ units: 1, weights }).apply(x) });
  assert.deepEqual(functional.predict(tf.ones([1, 2])).arraySync(), [[8]]);
});

test('Initial states are inputs of the call, as in files', () => {
  const build = (how) => {
    const x = tf.input({ shape: [3, 2], name: 'x' });
    const h = tf.input({ shape: [2], name: 'h' });
    const gru = tf.layers.gru({ units: 2, name: 'gru', kernelInitializer: 'ones' });
    return tf.model({ inputs: [x, h], outputs: how(gru, x, h), name: 'm' });
  };
  const named = build((gru, x, h) => gru.apply(x, { initialState: [h] }));
  const listed = build((gru, x, h) => gru.apply([x, h]));
  assert.equal(named.toJSON(), listed.toJSON());
  assert.match(named.toJSON(), /"inbound_nodes":\[\[\["x",0,0,\{\}\],\["h",0,0,\{\}\]\]\]/);
});
