// The text of model.json, and what artifacts are made of it.
import { test } from 'node:test';
import { getModelArtifactsForJSON, getModelArtifactsForJSONSync, getModelArtifactsInfoForJSON,
  getWeightSpecs } from '../../src/io/artifacts.js';
import { manifestOf, parseModelJson, writeModelJson } from '../../src/io/model_json.js';
import { assert, failure, modelFiles, sampleArtifacts, specs, topology, weights } from './support.mjs';

const write = (artifacts) => writeModelJson(artifacts, manifestOf(artifacts.weightSpecs, []));
const parse = (json) => parseModelJson(JSON.stringify(json), 'm.json');
const withManifest = (group) => ({ modelTopology: {}, weightsManifest: [group] });
const weight = (changes) => withManifest({
  paths: ['w.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32', ...changes }],
});

test('keys are written as TensorFlow.js orders them, then the unknown ones', () => {
  const keys = Object.keys(JSON.parse(write(sampleArtifacts())));
  assert.deepEqual(keys, ['modelTopology', 'format', 'generatedBy', 'convertedBy',
    'weightsManifest', 'signature', 'userDefinedMetadata', 'modelInitializer',
    'initializerSignature', 'trainingConfig', 'x-vendor']);
});

test('a model.json that is read and written keeps every top-level field', () => {
  const text = '{"modelTopology":{"a":1},"format":"layers-model","convertedBy":null,' +
    '"weightsManifest":[],"signature":null,"7":[1e-7],"__proto__":{"x":1},"zz":null}';
  const { artifacts } = parseModelJson(text, 'm.json');
  assert.equal(Object.getPrototypeOf(artifacts), Object.prototype);
  const again = writeModelJson(artifacts, []);
  assert.equal(again, '{"modelTopology":{"a":1},"format":"layers-model","convertedBy":null,' +
    '"weightsManifest":[],"signature":null,"7":[1e-7],"__proto__":{"x":1},"zz":null}');
});

test('fields of a file cannot pose as weights in memory', () => {
  const { artifacts } = parse({ modelTopology: {}, weightData: [1], weightSpecs: 5, getWeightStream: 1 });
  assert.deepEqual(Object.keys(artifacts), ['modelTopology']);
});

test('the manifest tells the length and hash of each file', () => {
  const [group] = manifestOf(specs, [{ path: './w', byteLength: 4, sha256: 'ab', more: 1 }]);
  assert.deepEqual(group, { paths: ['./w'], weights: specs, integrity: [{ byteLength: 4, sha256: 'ab' }] });
  assert.deepEqual(manifestOf(undefined, []), []);
});

test('groups are joined in order, and paths are known by both their forms', () => {
  const { artifacts, files } = parse({
    weightsManifest: [
      { paths: ['./a', 'b'], weights: [specs[0]], integrity: [{ byteLength: 1 }, { sha256: null }] },
      { paths: ['c'], weights: [specs[1]] },
    ],
  });
  assert.deepEqual(artifacts.weightSpecs, specs.slice(0, 2));
  assert.deepEqual(files.map(({ path, givenPath }) => [path, givenPath]),
    [['a', './a'], ['b', 'b'], ['c', 'c']]);
  assert.equal(files[0].integrity.byteLength, 1);
  assert.equal(files[1].integrity.sha256, undefined);
});

test('a byte order mark is passed over', () => {
  const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), modelFiles()['model.json']]);
  assert.deepEqual(parseModelJson(bytes, 'm.json').artifacts.modelTopology, topology);
});

for (const [name, text, pattern] of [
  ['no JSON', '{"a"', /^m\.json is not valid JSON: /],
  ['a page', '\n<!doctype html>', /this is HTML or XML: a page in place of model\.json\?/],
  ['nothing', ' ', /the file is empty/],
  ['an array', '[]', /is no TensorFlow\.js model: it must be a JSON object/],
  ['null', 'null', /must be a JSON object/],
  ['another JSON', '{"a":1}', /contains neither model topology or manifest/],
  ['a text as topology', '{"modelTopology":"x"}', /modelTopology must be an object, got string/],
]) {
  test(`${name} is no model`, () => failure(() => parseModelJson(text, 'm.json'), pattern));
}

test('bytes that are no UTF-8 are refused', () =>
  failure(() => parseModelJson(new Uint8Array([0x7b, 0xff]), 'm.json'), /m\.json is not UTF-8/));

for (const [name, json, pattern] of [
  ['an object as manifest', { modelTopology: {}, weightsManifest: {} }, /weightsManifest must be an array/],
  ['a group without paths', withManifest({ weights: [] }), /weightsManifest\[0\] paths must be an array/],
  ['a group without weights', withManifest({ paths: [] }), /weights must be an array/],
  ['a number as path', withManifest({ paths: [1], weights: [] }), /paths\[0\] must be a text, got '1'/],
  ['a path that leaves the folder', withManifest({ paths: ['../w'], weights: [] }), /'..\/w' leaves/],
  ['a path twice', withManifest({ paths: ['w', './w'], weights: [] }), /'w' is listed twice/],
  ['integrity for other paths', withManifest({ paths: ['w'], weights: [], integrity: [] }),
    /integrity has 0 entries for 1 paths/],
  ['a negative length', withManifest({ paths: ['w'], weights: [], integrity: [{ byteLength: -1 }] }),
    /integrity\[0\] byteLength must be an integer of 0 or more/],
  ['a hash that is none', withManifest({ paths: ['w'], weights: [], integrity: [{ sha256: 'ab' }] }),
    /sha256 must be 64 hex digits, got '"ab"'/],
  ['an unknown dtype', weight({ dtype: 'int16' }), /Unsupported dtype in weight 'w': int16/],
  ['a dtype that objects inherit', weight({ dtype: 'toString' }), /Unsupported dtype/],
  ['a fraction as dimension', weight({ shape: [1.5] }), /weight 'w': a dimension must be an integer/],
  ['a negative dimension', weight({ shape: [-1] }), /a dimension must be an integer of 0 or more/],
  ['a shape that is none', weight({ shape: 3 }), /shape must be an array/],
  ['33 dimensions', weight({ shape: Array(33).fill(1) }), /at most 32 are possible/],
  ['a size beyond counting', weight({ shape: [0, 2 ** 40, 2 ** 40] }), /more bytes than can be counted/],
  ['an unknown quantization', weight({ quantization: { dtype: 'int4' } }), /'uint8', 'uint16' or 'float16'/],
  ['a quantization without scale', weight({ quantization: { dtype: 'uint8', min: 0 } }),
    /weight 'w': quantization has no 'scale'/],
  ['a quantization with a text as scale', weight({ quantization: { dtype: 'uint8', min: 0, scale: '1' } }),
    /needs a finite number as scale, got '"1"'/],
  ['a weight without dtype', weight({ dtype: undefined }), /weight 'w' has no 'dtype'/],
  ['halves for int32', weight({ dtype: 'int32', quantization: { dtype: 'float16' } }),
    /float16 stores float32 weights only/],
  ['codes for bool', weight({ dtype: 'bool', quantization: { dtype: 'uint8', min: 0, scale: 1 } }),
    /stores float32 and int32 weights only/],
  ['a weight twice', withManifest({ paths: [], weights: [specs[0], specs[0]] }),
    /weight 'dense\/kernel' is listed twice/],
  ['a weight without name', withManifest({ paths: [], weights: [{}] }), /a weight's name must be a text/],
  ['null as a weight', withManifest({ paths: [], weights: [null] }), /a weight must be an object/],
]) {
  test(`${name} is refused`, async () => {
    const error = await failure(() => parse(json), pattern);
    assert.match(error.message, /^m\.json/);
    assert.equal(error.code, 'CorruptData');
  });
}

test('the info counts UTF-8 bytes', () => {
  const info = getModelArtifactsInfoForJSON(sampleArtifacts({ modelTopology: { a: 'ü' } }));
  assert.equal(info.modelTopologyBytes, 10);
  assert.equal(info.weightSpecsBytes, JSON.stringify(specs).length);
  assert.equal(info.weightDataBytes, 36);
  assert.equal(info.modelTopologyType, 'JSON');
  assert.ok(Math.abs(info.dateSaved - Date.now()) < 5000);
  const bare = getModelArtifactsInfoForJSON({ modelTopology: {} });
  assert.deepEqual([bare.weightSpecsBytes, bare.weightDataBytes], [0, 0]);
  assert.throws(() => getModelArtifactsInfoForJSON({ modelTopology: new ArrayBuffer(1) }), /binary/);
});

test('artifacts are made of a parsed model.json', async () => {
  const json = { modelTopology: topology, format: 'f', weightsManifest: [{ paths: ['w'], weights: specs }],
    trainingConfig: { loss: 'x' }, signature: null, own: 1 };
  assert.deepEqual(getWeightSpecs(json.weightsManifest), specs);
  const data = weights();
  const artifacts = await getModelArtifactsForJSON(json, async (manifest) => {
    assert.equal(manifest, json.weightsManifest);
    return [specs, data];
  });
  assert.deepEqual(artifacts, { modelTopology: topology, format: 'f', generatedBy: undefined,
    convertedBy: undefined, weightSpecs: specs, weightData: data, trainingConfig: { loss: 'x' }, own: 1 });
  assert.throws(() => getModelArtifactsForJSONSync(json), /weightSpecs is null/);
  assert.throws(() => getModelArtifactsForJSONSync(json, specs), /weightData is null/);
  assert.equal(getModelArtifactsForJSONSync({ modelTopology: topology }).weightSpecs, undefined);
});
