// Models built, asked, run, saved and loaded; beside stock TensorFlow.js where it says what is right.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { stockTensorFlow, thePackage } from './stock.mjs';

const stock = stockTensorFlow();
const tf = await thePackage();

const small = (from, name = 'small') => from.sequential({ name, layers: [
  from.layers.dense({ units: 3, inputShape: [2], activation: 'relu', name: 'first' }),
  from.layers.dense({ units: 1, name: 'second' }),
] });

/** Two inputs through one layer, joined. */
function shared(from) {
  const inputs = ['x', 'y'].map((name) => from.input({ shape: [2], name }));
  const dense = from.layers.dense({ units: 2, name: 'shared' });
  const joined = from.layers.concatenate({ name: 'joined' }).apply(inputs.map((input) => dense.apply(input)));
  return from.model({ inputs, outputs: joined, name: 'two_to_one' });
}

function nested(from) {
  const x = from.input({ shape: [2], name: 'x' });
  const inner = small(from, 'inner');
  const y = from.layers.add({ name: 'sum' }).apply([inner.apply(x), inner.apply(x)]);
  return from.model({ inputs: x, outputs: [y, x], name: 'outer' });
}

function residual(from) {
  const x = from.input({ shape: [4, 4, 2], name: 'image' });
  const conv = from.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', name: 'conv' }).apply(x);
  const normal = from.layers.batchNormalization({ name: 'norm' }).apply(conv);
  const sum = from.layers.add({ name: 'add' }).apply([normal, x]);
  const pooled = from.layers.globalAveragePooling2d({ name: 'pool' }).apply(sum);
  const outputs = ['one', 'two'].map((name) => from.layers.dense({ units: 2, name }).apply(pooled));
  return from.model({ inputs: [x], outputs, name: 'residual' });
}

async function artifactsOf(model, config) {
  let kept;
  await model.save({ save: async (artifacts) => { kept = artifacts; return {}; } }, config);
  return kept;
}

for (const make of [small, shared, nested, residual]) {
  test(`${make.name}: topology as stock writes it, and the same predictions`, async () => {
    const [ours, theirs] = [make(tf), make(stock)];
    assert.equal(ours.toJSON(), theirs.toJSON());
    const artifacts = await artifactsOf(theirs);
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const shapes = theirs.inputs.map(({ shape }) => shape.map((dim) => dim ?? 3));
    const values = shapes.map((shape) => tf.randomUniform(shape, -1, 1));
    const list = (found) => (Array.isArray(found) ? found : [found]);
    const wanted = list(theirs.predict(values.map((x) => stock.tensor([...x.dataSync()], x.shape))));
    const found = list(loaded.predict(values));
    assert.equal(found.length, wanted.length);
    found.forEach((tensor, i) => {
      const expected = wanted[i].dataSync();
      assert.deepEqual(tensor.shape, wanted[i].shape);
      tensor.dataSync().forEach((value, k) => assert.ok(Math.abs(value - expected[k]) < 1e-5));
    });
  });

  test(`${make.name}: what stock saved comes out again as it was`, async () => {
    const theirs = await artifactsOf(make(stock));
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(theirs));
    const ours = await artifactsOf(loaded);
    assert.equal(JSON.stringify(ours.modelTopology), JSON.stringify(theirs.modelTopology));
    assert.deepEqual(ours.weightSpecs, theirs.weightSpecs);
    assert.deepEqual(new Uint8Array(ours.weightData), new Uint8Array(theirs.weightData));
    assert.equal(ours.generatedBy, theirs.generatedBy);
  });
}

test('A model tells its shapes, names and weights', () => {
  const model = small(tf);
  assert.deepEqual(model.inputNames, ['first_input']);
  assert.deepEqual(model.outputNames, ['second']);
  assert.deepEqual([model.inputShape, model.outputShape], [[null, 2], [null, 1]]);
  assert.deepEqual(model.layers.map(({ name, outputShape }) => [name, outputShape]),
    [['first', [null, 3]], ['second', [null, 1]]]);
  assert.deepEqual(model.weights.map(({ name, shape }) => [name, shape]),
    [['first/kernel', [2, 3]], ['first/bias', [3]], ['second/kernel', [3, 1]], ['second/bias', [1]]]);
  assert.equal(model.countParams(), 13);
  assert.equal(model.layers[0], model.layers[0]);
  assert.equal(model.getLayer('second'), model.layers[1]);
  assert.equal(model.getLayer(null, 0), model.layers[0]);
  assert.throws(() => model.getLayer('third'), /No such layer: third; the model has first, second/);
  assert.throws(() => model.getLayer(2), /layer at index 2, but model only has 2 layer/);
  assert.throws(() => model.getLayer(), /Provide either a layer name or layer index/);
});

test('summary prints a row per layer', () => {
  const lines = [];
  small(tf).summary(80, [], (line) => lines.push(line));
  assert.ok(lines.some((line) => /^first \(Dense\)\s+\[null, 3\]\s+9$/.test(line)), lines.join('\n'));
  assert.ok(lines.includes('Total params: 13'));
});

test('Inputs go by name, and batches change nothing', () => {
  const model = shared(tf);
  const [x, y] = [tf.randomUniform([9, 2]), tf.randomUniform([9, 2])];
  const wanted = model.predict([x, y]).arraySync();
  assert.deepEqual(model.predict({ y, x }).arraySync(), wanted);
  assert.deepEqual(model.predict([x, y], { batchSize: 2 }).arraySync(), wanted);
  assert.deepEqual(model.predictOnBatch([x, y]).arraySync(), wanted);
  assert.equal(model.weights.length, 2);
});

test('predict says which input is wrong', () => {
  const model = small(tf);
  assert.throws(() => model.predict(tf.ones([1, 3])), /input 'first_input': expected shape \[null, 2\], got \[1, 3\]/);
  assert.throws(() => model.predict([tf.ones([1, 2]), tf.ones([1, 2])]), /expected 1 input\(s\) \(first_input\), got 2/);
  assert.throws(() => model.predict([[1, 2]]), /predict: expected tensors, got object/);
  assert.throws(() => model.predict(null), /predict: expected tensors, got null/);
  assert.throws(() => shared(tf).predict({ x: tf.ones([1, 2]) }), /No data provided for "y"/);
  assert.throws(() => tf.sequential().predict(tf.ones([1])), /is empty, add layers first/);
});

test('int32 tensors feed float32 inputs, and the other way round', () => {
  const model = small(tf);
  const wanted = model.predict(tf.tensor2d([[1, 2]])).arraySync();
  assert.deepEqual(model.predict(tf.tensor2d([[1, 2]], [1, 2], 'int32')).arraySync(), wanted);
  const words = tf.sequential({ layers: [tf.layers.embedding({
    inputDim: 4, outputDim: 2, inputLength: 3, embeddingsInitializer: 'ones',
  })] });
  assert.deepEqual(words.predict(tf.tensor2d([[1, 2, 3]])).shape, [1, 3, 2]);
});

test('setWeights sets all or none', () => {
  const model = small(tf);
  const weights = [tf.ones([2, 3]), tf.zeros([3]), tf.ones([3, 1]), tf.ones([1])];
  model.setWeights(weights);
  assert.deepEqual(model.predict(tf.tensor2d([[1, 2], [3, 4]])).arraySync(), [[10], [22]]);
  assert.throws(() => model.setWeights(weights.slice(1)), /'small' has 4 weights, but 3 values were given/);
  const wrong = [tf.zeros([2, 3]), tf.zeros([3]), tf.zeros([1, 3]), tf.zeros([1])];
  assert.throws(() => model.setWeights(wrong), /weight 'second\/kernel' is float32 \[3, 1\], but the value is float32 \[1, 3\]/);
  assert.deepEqual(model.getWeights().map((weight) => weight.arraySync()),
    weights.map((weight) => weight.arraySync()));
  assert.deepEqual(model.layers[1].getWeights()[0].arraySync(), [[1], [1], [1]]);
});

test('Frozen layers stand last in files, as stock has them', async () => {
  const frozen = (from) => {
    const model = small(from);
    model.layers[0].trainable = false;
    return model;
  };
  const [ours, theirs] = [await artifactsOf(frozen(tf)), await artifactsOf(frozen(stock))];
  assert.deepEqual(ours.weightSpecs, theirs.weightSpecs);
  const only = (from) => artifactsOf(frozen(from), { trainableOnly: true });
  assert.deepEqual((await only(tf)).weightSpecs, (await only(stock)).weightSpecs);
  assert.deepEqual(frozen(tf).trainableWeights.map(({ name }) => name), ['second/kernel', 'second/bias']);
});

test('A part of a model is a model', () => {
  const model = small(tf);
  const part = tf.model({ inputs: model.inputs, outputs: model.getLayer('first').output });
  assert.deepEqual(part.predict(tf.ones([1, 2])).shape, [1, 3]);
  assert.equal(model.layers[1].input.sourceLayer, model.layers[0]);
  const doubled = shared(tf).getLayer('shared');
  assert.throws(() => doubled.output, /'shared' has several calls/);
});

test('A model inside a model is a model, also when it was loaded', async () => {
  const inner = small(tf, 'inner');
  const outer = tf.sequential({ layers: [inner, tf.layers.dense({ units: 1 })] });
  assert.equal(outer.layers[0], inner);
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(outer)));
  const [found] = loaded.layers;
  assert.ok(found instanceof tf.Sequential);
  assert.deepEqual(found.layers.map(({ name }) => name), ['first', 'second']);
  assert.deepEqual(found.predict(tf.ones([1, 2])).arraySync(), inner.predict(tf.ones([1, 2])).arraySync());
});

test('Metadata is plain JSON and is saved', async () => {
  const model = small(tf);
  assert.equal(model.getUserDefinedMetadata(), undefined);
  model.setUserDefinedMetadata({ labels: ['a', { b: null }] });
  const { userDefinedMetadata } = await artifactsOf(model);
  assert.deepEqual(userDefinedMetadata, { labels: ['a', { b: null }] });
  assert.throws(() => model.setUserDefinedMetadata({ at: new Date() }), /userDefinedMetadata\.at must be plain JSON, but is a Date/);
  assert.throws(() => model.setUserDefinedMetadata([1]), /must be a JSON object, got array/);
});

test('Metadata may be deep, but not without end', () => {
  const nested = (levels) => {
    let value = {};
    for (let i = 1; i < levels; ++i) value = { a: value };
    return value;
  };
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.setUserDefinedMetadata(nested(500));
  assert.deepEqual(model.getUserDefinedMetadata(), nested(500));
  assert.throws(() => model.setUserDefinedMetadata(nested(3000)), /nested deeper than/);
  assert.deepEqual(model.artifacts().userDefinedMetadata, nested(500));
});

test('Weights that are missing or unknown are errors, unless strict is false', async () => {
  const artifacts = await artifactsOf(small(tf));
  const [kernel] = artifacts.weightSpecs;
  const partly = { ...artifacts, weightSpecs: [kernel], weightData: artifacts.weightData.slice(0, 24) };
  await assert.rejects(tf.loadLayersModel(tf.io.fromMemory(partly)),
    /no values for 3 of 4 weights of model 'small': 'first\/bias', 'second\/kernel', 'second\/bias'/);
  const loose = await tf.loadLayersModel(tf.io.fromMemory(partly), { strict: false });
  assert.deepEqual(loose.getWeights()[0].dataSync(), new Float32Array(partly.weightData));
  const other = { ...partly, weightSpecs: [{ ...kernel, name: 'other' }] };
  await assert.rejects(tf.loadLayersModel(tf.io.fromMemory(other)), /other/);
});

test('Damaged artifacts are errors that name what is wrong', async () => {
  const artifacts = await artifactsOf(small(tf));
  const load = (changes) => tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, ...changes }));
  await assert.rejects(load({ weightData: artifacts.weightData.slice(0, 40) }),
    /weight 'second\/kernel' \[3, 1\] float32 needs 12 bytes at offset 36, but .* 40/);
  await assert.rejects(load({ weightSpecs: undefined }), /contains weight data, but not weight specs/);
  await assert.rejects(load({ weightData: undefined }), /has weightSpecs, but no weightData/);
  await assert.rejects(load({ modelTopology: { class_name: 'Sequential' } }), /config/);
  await assert.rejects(tf.models.modelFromJSON('{'), SyntaxError);
  await assert.rejects(tf.models.modelFromJSON({}), /modelTopology has no 'class_name'/);
});

test('A surplus of bytes is a warning', async (t) => {
  const artifacts = await artifactsOf(small(tf));
  const weightData = new ArrayBuffer(artifacts.weightData.byteLength + 8);
  const warnings = [];
  const onWarning = (text) => warnings.push(text);
  await tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, weightData }), { onWarning });
  assert.deepEqual(warnings, ['model: 8 bytes after the last weight']);
  const warn = t.mock.method(console, 'warn', () => {});
  await tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, weightData }));
  assert.equal(warn.mock.callCount(), 1);
});

test('Places that nobody knows, and handlers that cannot, are errors', async () => {
  const model = small(tf);
  await assert.rejects(model.save('shelf://x'), /unknown scheme 'shelf:\/\/'; known are .*indexeddb:\/\//);
  await assert.rejects(tf.loadLayersModel('shelf://x'), /unknown scheme 'shelf:\/\/'/);
  await assert.rejects(model.save({}), /a handler with a save method/);
  await assert.rejects(tf.loadLayersModel({ save() {} }), /it has no load method/);
});

test('tf.model says what is not connected', () => {
  const [x, y] = [tf.input({ shape: [1], name: 'here' }), tf.input({ shape: [1], name: 'there' })];
  assert.throws(() => tf.model({ inputs: x, outputs: tf.layers.dense({ units: 1 }).apply(y) }),
    /its outputs need input layer 'there', which is not among its inputs \(here\)/);
  assert.throws(() => tf.model({ inputs: tf.ones([1]), outputs: x }), /inputs must be SymbolicTensors/);
  assert.throws(() => tf.input({}), /exactly one of shape and batchShape/);
  assert.throws(() => tf.sequential().add({}), /expected a layer/);
  assert.throws(() => tf.sequential().add(tf.layers.dense({ units: 1 })), /needs an input_shape/);
});

test('The state of stateful layers stays until it is reset', () => {
  const model = tf.sequential({ layers: [tf.layers.simpleRNN({
    units: 1, stateful: true, batchInputShape: [1, 1, 1], kernelInitializer: 'ones', recurrentInitializer: 'ones',
  })] });
  const step = () => model.predict(tf.ones([1, 1, 1])).dataSync()[0];
  const first = step();
  assert.notEqual(step(), first);
  model.resetStates();
  assert.equal(step(), first);
});

test('Models that nobody holds any more leave the core', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const largest = () => process.memoryUsage().rss / 2 ** 20;
  const round = async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1000, inputShape: [1000] })] });
    model.predict({ [model.inputNames[0]]: tf.ones([1, 1000]) });
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
    assert.equal(loaded.layers[0].output.shape[1], 1000);
  };
  const rounds = async (count) => {
    for (let i = 0; i < count; ++i) {
      await round();
      collect();
      await wait(2);
    }
  };
  await rounds(10);
  const before = largest();
  await rounds(40); // 8 MB of weights each
  const grown = largest() - before;
  assert.ok(grown < 150, `40 rounds took ${grown.toFixed(0)} MB`);
});

test('A model that is disposed leaves the core at once, and can do nothing more', () => {
  const rounds = (count) => {
    for (let i = 0; i < count; ++i) {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 2000, inputShape: [2000] })] });
      model.predict(tf.ones([1, 2000]));
      const said = model.dispose();
      assert.deepEqual(said, { refCountAfterDispose: 0, numDisposedVariables: 2 });
      assert.throws(() => model.predict(tf.ones([1, 2000])), /no model has the number/);
      assert.throws(() => model.dispose(), /number/);
    }
  };
  rounds(5);
  const before = process.memoryUsage().rss;
  rounds(30); // 16 MB of weights each
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(grown < 200, `30 rounds took ${grown.toFixed(0)} MB`);
});

test('Bytes of calls that fail do not stay in the core', () => {
  const model = small(tf);
  const large = tf.ones([1 << 22, 2]); // 32 MB
  const gone = tf.ones([1, 2]);
  gone.dispose();
  const calls = [
    [() => model.predict(large, { batchSize: 1.5 }), /batchSize/],
    [() => shared(tf).predict([large, gone]), /disposed/],
    [() => model.setWeights([large, gone, gone, gone]), /disposed/],
    [() => model.setWeights([large, large, large, large]), /but the value is/],
  ];
  const rounds = (count) => {
    for (let i = 0; i < count; ++i) for (const [work, said] of calls) assert.throws(work, said);
  };
  rounds(2);
  const before = process.memoryUsage().rss;
  rounds(5);
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(grown < 200, `20 calls took ${grown.toFixed(0)} MB`);
});

test('A file without weights is half a model, unless strict is false', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-half-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { modelTopology } = await artifactsOf(small(tf));
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, format: 'layers-model' }));
  await assert.rejects(tf.loadLayersModel(`file://${folder}`), /it has no weights/);
  const fresh = await tf.loadLayersModel(`file://${folder}`, { strict: false });
  assert.equal(fresh.countParams(), 13);
  // Who makes artifacts by hand means what is in them.
  const made = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology }));
  assert.equal(made.countParams(), 13);
});

test('A signal ends every load, also one whose handler does not look at it', async () => {
  const controller = new AbortController();
  const loading = tf.loadLayersModel({ load: () => new Promise(() => {}) }, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await assert.rejects(loading, /enough/);
  const artifacts = await artifactsOf(small(tf));
  await assert.rejects(
    tf.loadLayersModel(tf.io.fromMemory(artifacts), { signal: controller.signal }), /enough/);
  await assert.rejects(
    tf.loadLayersModel(tf.io.fromMemory(artifacts), { signal: {} }), /must be an AbortSignal/);
});

test('Options may be null', async () => {
  const model = tf.sequential(null);
  model.add(tf.layers.dense({ units: 1, inputShape: [2] }));
  assert.deepEqual(model.predict(tf.ones([1, 2]), null).shape, [1, 1]);
  let artifacts;
  await model.save(tf.io.withSaveHandler(async (kept) => {
    artifacts = kept;
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(kept) };
  }), null);
  assert.equal((await tf.loadLayersModel(tf.io.fromMemory(artifacts), null)).countParams(), 3);
});

test('Without a global crypto, as in Node 18, layers have their weights', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-crypto-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const index = new URL('../../src/index.js', import.meta.url).href;
  const program = `import * as tf from ${JSON.stringify(index)};
    const layer = tf.layers.dense({ units: 2 });
    layer.apply(tf.input({ shape: [3] }));
    console.log(typeof globalThis.crypto, layer.getWeights()[0].dataSync().some((w) => w !== 0));`;
  const [major] = process.versions.node.split('.').map(Number);
  const flags = major < 20 ? [] : ['--no-experimental-global-webcrypto'];
  writeFileSync(join(folder, 'program.mjs'), program);
  const words = [...flags, join(folder, 'program.mjs')];
  assert.equal(execFileSync(process.execPath, words, { encoding: 'utf8' }), 'undefined true\n');
});
