// localstorage:// on a stand-in for the page's storage.
import { beforeEach, test } from 'node:test';
import { listModels, removeModel } from '../../src/io/model_management.js';
import { browserLocalStorage } from '../../src/io/local_storage.js';
import { loadHandler, saveHandler } from '../../src/io/router.js';
import { FakeStorage, assert, assertSameModel, failure, progressRecorder, sampleArtifacts, specs,
  topology, weights, withGlobals } from './support.mjs';

let storage;
beforeEach((t) => {
  storage = new FakeStorage();
  globalThis.localStorage = storage;
});

const keys = (name) => ['info', 'model_topology', 'weight_specs', 'weight_data', 'model_metadata']
  .map((suffix) => `tensorflowjs_models/${name}/${suffix}`);

test('a model is five texts, as TensorFlow.js writes them', async () => {
  const result = await saveHandler('localstorage://my/model').save(sampleArtifacts());
  const all = storage.all();
  assert.deepEqual(Object.keys(all), keys('my/model'));
  const [info, topologyText, specsText, dataText, metadata] = Object.values(all);
  assert.deepEqual(JSON.parse(info), JSON.parse(JSON.stringify(result.modelArtifactsInfo)));
  assert.equal(info, JSON.stringify({
    dateSaved: result.modelArtifactsInfo.dateSaved, modelTopologyType: 'JSON',
    modelTopologyBytes: JSON.stringify(topology).length,
    weightSpecsBytes: JSON.stringify(specs).length, weightDataBytes: 36,
  }));
  assert.equal(topologyText, JSON.stringify(topology));
  assert.equal(specsText, JSON.stringify(specs));
  assert.equal(dataText, Buffer.from(weights()).toString('base64'));
  const { format, generatedBy, convertedBy, signature, userDefinedMetadata, modelInitializer,
    initializerSignature, trainingConfig } = sampleArtifacts();
  assert.equal(metadata, JSON.stringify({ format, generatedBy, convertedBy, signature,
    userDefinedMetadata, modelInitializer, initializerSignature, trainingConfig,
    'x-vendor': { kept: [1, null, true] } }));
});

test('what TensorFlow.js leaves out of the metadata is left out', async () => {
  await browserLocalStorage('m').save({ modelTopology: topology, format: 'f', convertedBy: null,
    signature: null, trainingConfig: undefined, weightSpecs: [], weightData: new ArrayBuffer(0) });
  assert.equal(storage.getItem(keys('m')[4]), '{"format":"f","convertedBy":null}');
});

test('what is saved is loaded, every field of it', async () => {
  await browserLocalStorage('m').save(sampleArtifacts());
  const { onProgress, check } = progressRecorder();
  assertSameModel(await loadHandler('localstorage://m').load({ onProgress }));
  check(36);
});

test('a topology alone is saved and loaded', async () => {
  await browserLocalStorage('m').save({ modelTopology: topology });
  const { modelTopology, weightSpecs, weightData } = await browserLocalStorage('m').load();
  assert.deepEqual([modelTopology, weightSpecs, weightData.byteLength], [topology, [], 0]);
});

test('weights in several buffers are one text, and the artifacts stay as they are', async () => {
  const whole = weights();
  const list = [whole.slice(0, 7), whole.slice(7)];
  const artifacts = Object.freeze(sampleArtifacts({ weightData: list }));
  await browserLocalStorage('m').save(artifacts);
  assert.equal(artifacts.weightData, list);
  assertSameModel(await browserLocalStorage('m').load());
});

test('a model of TensorFlow.js 1 without metadata is loaded', async () => {
  await browserLocalStorage('m').save(sampleArtifacts());
  storage.removeItem(keys('m')[4]);
  const artifacts = await browserLocalStorage('m').load();
  assert.deepEqual(Object.keys(artifacts), ['modelTopology', 'weightSpecs', 'weightData']);
});

for (const free of [0, 10, 200, 700]) {
  test(`over quota, with ${free} characters free, the old model stays, byte for byte`, async () => {
    await browserLocalStorage('m').save(sampleArtifacts());
    storage.setItem('other', 'x');
    const before = storage.all();
    const used = Object.entries(before).reduce((all, [k, v]) => all + k.length + v.length, 0);
    storage.quota = used + free;
    const large = sampleArtifacts({ weightSpecs: [{ name: 'w', shape: [600], dtype: 'float32' }],
      weightData: new ArrayBuffer(2400), userDefinedMetadata: { large: 'x'.repeat(500) } });
    const error = await failure(browserLocalStorage('m').save(large),
      /cannot save to 'localstorage:\/\/m': it needs (\d+) bytes, .*what was there is kept; indexeddb:\/\/ has room .*weightDataBytes=2400\)$/);
    assert.equal(error.code, 'Unavailable');
    assert.ok(Number(/needs (\d+) bytes/.exec(error.message)[1]) > 3700);
    assert.equal(error.cause.name, 'QuotaExceededError');
    assert.deepEqual(storage.all(), { ...before });
    assertSameModel(await browserLocalStorage('m').load());
  });
}

test('over quota nothing is left of a new model', async () => {
  storage.quota = 500;
  await failure(browserLocalStorage('m').save(sampleArtifacts()), /it needs \d+ bytes/);
  assert.deepEqual(storage.all(), {});
});

test('a model that fits in place of the old one replaces it in a full store', async () => {
  await browserLocalStorage('m').save(sampleArtifacts());
  storage.quota = Object.entries(storage.all()).reduce((all, [k, v]) => all + k.length + v.length, 0);
  // Its topology alone is larger than the old one, its specs are smaller.
  const swapped = sampleArtifacts({ modelTopology: { ...topology, more: 'x'.repeat(80) },
    weightSpecs: [{ name: 'w', shape: [9], dtype: 'float32' }] });
  await browserLocalStorage('m').save(swapped);
  assertSameModel(await browserLocalStorage('m').load(), swapped);
});

test('a model that is not there is named', () =>
  failure(browserLocalStorage('no').load(), /there is no model with name 'no'/));

for (const [suffix, text, pattern] of [
  [0, '{', /tensorflowjs_models\/m\/info is not valid JSON/],
  [0, '{"modelTopologyType":"GraphDef"}', /m\/info: modelTopologyType must be 'JSON', got 'GraphDef'/],
  [0, '5', /m\/info must be an object/],
  [1, null, /the model 'm' is incomplete: 'tensorflowjs_models\/m\/model_topology' is missing/],
  [1, '"x"', /m\/model_topology must be a JSON object or array/],
  [2, null, /m\/weight_specs' is missing/],
  [2, '[{"name":"w","dtype":"x"}]', /m\/weight_specs: Unsupported dtype/],
  [2, 'undefined', /m\/weight_specs is not valid JSON/],
  [3, null, /m\/weight_data' is missing/],
  [3, 'AA!A', /m\/weight_data is not valid base64/],
  [3, 'AAAA', /m\/weight_data: weight 'dense\/kernel' \[3, 2\] float32 needs 24 bytes at offset 0, but the file has 3/],
  [4, '[', /m\/model_metadata is not valid JSON/],
]) {
  test(`${keys('m')[suffix]} = ${text} is damage that is named`, async () => {
    await browserLocalStorage('m').save(sampleArtifacts());
    if (text === null) storage.removeItem(keys('m')[suffix]);
    else storage.setItem(keys('m')[suffix], text);
    await failure(browserLocalStorage('m').load(), pattern);
  });
}

test('models are listed with their dates and sizes, and removed', async () => {
  const saved = await browserLocalStorage('a').save(sampleArtifacts());
  await browserLocalStorage('b/info').save(sampleArtifacts());
  storage.setItem('tensorflowjs_models/info', '{}');
  storage.setItem('unrelated/a/info', 'x');
  const models = await listModels();
  assert.deepEqual(Object.keys(models), ['localstorage://a', 'localstorage://b/info']);
  assert.deepEqual(models['localstorage://a'], saved.modelArtifactsInfo);
  assert.deepEqual(await removeModel('localstorage://a'), saved.modelArtifactsInfo);
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://b/info']);
  await failure(removeModel('localstorage://a'), /there is no model with name 'a'/);
  assert.deepEqual(Object.keys(storage.all()).filter((key) => key.includes('/a/')), ['unrelated/a/info']);
});

test('a damaged model does not hide the others, and can be removed', async (t) => {
  await browserLocalStorage('a').save(sampleArtifacts());
  await browserLocalStorage('b').save(sampleArtifacts());
  storage.setItem(keys('a')[0], '{');
  const warnings = t.mock.method(console, 'warn', () => {});
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://b']);
  assert.match(warnings.mock.calls[0].arguments[0], /localstorage:\/\/a is damaged: .*m?odels\/a\/info is not valid JSON/);
  await removeModel('localstorage://a');
  assert.deepEqual(Object.keys(storage.all()), keys('b'));
});

test('without a name there is no model', async () => {
  for (const name of [null, undefined, '', 'localstorage://']) {
    await failure(() => browserLocalStorage(name), /local storage, modelPath must not be null, undefined or empty\./);
  }
});

test('what could not be loaded again is not saved', async () => {
  await browserLocalStorage('m').save(sampleArtifacts());
  const before = storage.all();
  await failure(browserLocalStorage('m').save(sampleArtifacts({ weightData: new ArrayBuffer(3) })), /needs 24 bytes/);
  await failure(browserLocalStorage('m').save(sampleArtifacts({ modelTopology: new ArrayBuffer(3) })), /binary/);
  assert.deepEqual(storage.all(), before);
});

test('where there is no local storage, that is said, and other stores are still listed', async (t) => {
  withGlobals(t, { localStorage: undefined });
  for (const work of [(handler) => handler.load(), (handler) => handler.save(sampleArtifacts())]) {
    const error = await failure(work(browserLocalStorage('m')), /localstorage:\/\/ needs a page: there is no local storage in workers/);
    assert.equal(error.code, 'Unsupported');
  }
  assert.deepEqual(await listModels(), {});
});

test('a browser that denies local storage is not blamed on the model', async (t) => {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() {
    throw new DOMException('Access is denied', 'SecurityError');
  } });
  t.after(() => Object.defineProperty(globalThis, 'localStorage', { configurable: true, writable: true, value: null }));
  await failure(browserLocalStorage('m').load(), /the browser denies access to it: Access is denied/);
  assert.deepEqual(await listModels(), {});
});
