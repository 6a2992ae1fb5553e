// browserFiles on File objects as a page gives them.
import { test } from 'node:test';
import { browserFiles } from '../../src/io/browser_files.js';
import { makeModelZip } from '../../src/io/model_zip.js';
import { loadHandler } from '../../src/io/router.js';
import { assert, assertSameModel, changedJson, failure, modelFiles, progressRecorder, sampleArtifacts,
  specs, topology } from './support.mjs';

/** A File; Node 18 has none. */
class FakeFile extends Blob {
  constructor(content, name, relativePath = '') {
    super([content]);
    this.name = name;
    this.webkitRelativePath = relativePath;
  }
}

const filesOf = (files) => Object.entries(files).map(([name, content]) => new FakeFile(content, name));
const inFolder = (files, folder) => Object.entries(files).map(([name, content]) =>
  new FakeFile(content, name.slice(name.lastIndexOf('/') + 1), `${folder}/${name}`));
const shards = () => modelFiles({ cuts: [5, 20] });
const silent = { onWarning() {} };

test('files are taken in any order', async () => {
  const files = filesOf(shards());
  assertSameModel(await browserFiles(files).load());
  assertSameModel(await browserFiles([...files].reverse()).load());
  assertSameModel(await loadHandler(browserFiles([files[2], files[0], files[3], files[1]])).load());
});

test('a FileList, files written out as {name, bytes}, and progress', async () => {
  const files = filesOf(shards());
  const { onProgress, check } = progressRecorder();
  assertSameModel(await browserFiles({ ...files, length: files.length }).load({ onProgress }));
  check(36);
  const written = Object.entries(shards()).map(([name, bytes]) => ({ name, bytes: new Uint8Array(bytes).buffer }));
  assertSameModel(await browserFiles(written).load());
});

test('paths with folders are matched by their last names', async () => {
  const names = ['./dir1/w.1.bin', './dir2/w.2.bin'];
  const files = modelFiles({ cuts: [8], names });
  const flat = Object.fromEntries(Object.entries(files).map(([name, content]) => [name.replace(/.*\//, ''), content]));
  assertSameModel(await browserFiles(filesOf(flat)).load());
});

test('equal names in several folders are matched by path in a picked folder', async () => {
  const files = modelFiles({ cuts: [8], names: ['a/w.bin', 'b/w.bin'] });
  assertSameModel(await browserFiles(inFolder(files, 'top/model')).load());
});

test('what is strange in a folder is passed over, with a warning unless systems add it', async () => {
  const warnings = [];
  const files = inFolder({ ...shards(), 'labels.txt': 'x', '.DS_Store': 'x', 'Thumbs.db': 'x', '__MACOSX/._a': 'x',
    'README.md': 'x', 'package.json': '{"name":"x"}' }, 'top');
  assertSameModel(await browserFiles(files, { onWarning: (text) => warnings.push(text) }).load());
  assert.deepEqual(warnings.map((text) => /'(.*)'/.exec(text)[1]).sort(), ['top/labels.txt', 'top/package.json']);
});

test('strays beside picked files are passed over', async () => {
  assertSameModel(await browserFiles(filesOf({ '.DS_Store': 'x', ...shards(), 'desktop.ini': 'y' })).load());
});

test('a dropped folder is walked through', async () => {
  const entryOf = (name, content, fullPath) => ({ isFile: true, fullPath,
    file: (done) => done(new FakeFile(content, name)) });
  const portions = Object.entries(shards()).map(([name, content]) => [entryOf(name, content, `/m/${name}`)]);
  const folder = { isDirectory: true, createReader: () => ({ readEntries: (done) => done(portions.shift() ?? []) }) };
  const item = { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => folder };
  const transfer = { items: [{ kind: 'string' }, item], files: [] };
  assertSameModel(await browserFiles(transfer).load());
});

test('dropped files are taken while the event lasts', async () => {
  let isOver = false;
  const items = filesOf(shards()).map((file) => ({ kind: 'file',
    getAsFile: () => (isOver ? null : file), webkitGetAsEntry: () => null }));
  const handler = browserFiles(items);
  isOver = true;
  assertSameModel(await handler.load());
});

test('one zip archive will do', async () => {
  const { pieces } = await makeModelZip(sampleArtifacts());
  const zip = new FakeFile(new Blob(pieces), 'download (1)');
  assertSameModel(await browserFiles([zip]).load());
  await failure(browserFiles([zip, zip]).load(), /several zip archives were given/);
});

test('the JSON alone is an error, unless the topology alone is asked for', async () => {
  const [json] = filesOf(shards());
  await failure(browserFiles([json]).load(),
    /model\.json names weight files that were not given: 'group1-shard1of3\.bin', .* \(topologyOnly loads/);
  for (const handler of [browserFiles([json], { topologyOnly: true }), browserFiles(filesOf(shards()), { topologyOnly: true })]) {
    const artifacts = await handler.load();
    assert.deepEqual(artifacts.modelTopology, topology);
    assert.equal(artifacts.weightSpecs, undefined);
    assert.equal(artifacts.weightData, undefined);
  }
  const bare = new FakeFile('{"modelTopology":{},"weightsManifest":[]}', 'm.json');
  assert.deepEqual((await browserFiles([bare]).load()).weightSpecs, []);
});

test('no files are an error at once', () => {
  for (const none of [null, undefined, [], { length: 0 }]) {
    assert.throws(() => browserFiles(none), /at least 1 file/);
  }
});

test('what is no file is refused', () => failure(browserFiles([5]).load(), /files\[0\] must be a File or \{name, bytes\}, got '5'/));

const withoutOne = () => {
  const files = shards();
  delete files['group1-shard2of3.bin'];
  return files;
};

for (const [name, files, pattern] of [
  ['a file too few', filesOf(withoutOne()), /^Weight file with basename 'group1-shard2of3\.bin' is not provided\.$/],
  ['a file under another name', filesOf({ ...withoutOne(), 'x.bin': 'x' }), /^Weight file with basename 'group1-shard2of3\.bin' is not provided\.$/],
  ['a file too many', filesOf({ ...modelFiles(), 'x.bin': 'x' }),
    /^Mismatch in the number of files in weights manifest \(1\) and the number of weight files provided \(2\)\.$/],
  ['one file for two paths', filesOf({ 'model.json': modelFiles({ cuts: [8], names: ['a/w', 'b/w'] })['model.json'], w: 'x', w2: 'x' }),
    /^Duplicate file basename found in weights manifest: 'w'$/],
  ['two files for one path', [...filesOf(modelFiles()), ...inFolder({ 'group1-shard1of1.bin': 'x' }, 'a'), ...inFolder({ 'group1-shard1of1.bin': 'x' }, 'b')].slice(0, 1)
    .concat(inFolder({ 'group1-shard1of1.bin': 'x' }, 'a'), inFolder({ 'group1-shard1of1.bin': 'x' }, 'b')),
  /weight path 'group1-shard1of1\.bin' could be each of 'a\/group1-shard1of1\.bin', 'b\/group1/],
  ['no JSON', filesOf({ 'w.bin': 'x' }), /no model\.json, nor a zip archive, among the files given: 'w\.bin'/],
  ['nothing but strays', filesOf({ '.DS_Store': 'x' }), /among the files given: there are none/],
  ['two models', [...filesOf(modelFiles()), ...inFolder(modelFiles(), 'b')], /2 of the files are models: 'model\.json', 'b\/model\.json'; give one/],
  ['two JSONs, none of a model', filesOf({ 'a.json': '{}', 'b.json': '[]' }), /none of 'a\.json', 'b\.json' is a TensorFlow\.js model/],
  ['two JSONs, both damaged', filesOf({ 'a.json': '{', 'b.json': '[' }), /a\.json is not valid JSON/],
  ['a JSON that is none', filesOf({ 'model.json': '<html>' }), /model\.json is not valid JSON: .*HTML or XML/],
  ['a model without topology', filesOf({ 'model.json': changedJson(modelFiles(), (json) => { delete json.modelTopology; }) }),
    /modelTopology field is missing from file model\.json/],
  ['a model without manifest', filesOf({ 'model.json': '{"modelTopology":{}}' }), /weightsManifest field is missing from file model\.json; topologyOnly/],
  ['a file cut short', filesOf({ ...modelFiles(), 'group1-shard1of1.bin': Buffer.alloc(20) }), /shard1of1\.bin has 20 bytes, but the model says 36 \(inter/],
  ['a damaged file', filesOf({ ...modelFiles(), 'group1-shard1of1.bin': Buffer.alloc(36) }), /is damaged: its SHA-256 is/],
  ['a path that leaves the folder', filesOf({ 'model.json': modelFiles({ names: ['../w'] })['model.json'], w: 'x' }), /leaves the model's folder/],
]) {
  test(`${name} is an error that says so`, () => failure(browserFiles(files, silent).load(), pattern));
}

test('a signal that is aborted ends the load', () =>
  assert.rejects(browserFiles(filesOf(modelFiles())).load({ signal: AbortSignal.abort() }), { name: 'AbortError' }));

test('groups stay in order', async () => {
  const files = modelFiles({ cuts: [24], integrity: false });
  files['model.json'] = changedJson(files, (json) => {
    const [group] = json.weightsManifest;
    json.weightsManifest = group.paths.map((path, i) => ({ paths: [path], weights: i === 0 ? [specs[0]] : specs.slice(1) }));
  });
  assertSameModel(await browserFiles(filesOf(files).reverse()).load());
});
