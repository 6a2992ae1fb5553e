// file:// in Node: folders and archives, kept whole whatever happens.
import { test } from 'node:test';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fileSystem } from '../../src/io/file.js';
import { removeModel } from '../../src/io/model_management.js';
import { loadHandler, saveHandler } from '../../src/io/router.js';
import { assert, assertSameModel, changedJson, failure, fs, modelFiles, path, progressRecorder,
  otherArtifacts as other, sampleArtifacts, sha256, specs, temporaryFolder, topology, weights }
  from './support.mjs';

const work = temporaryFolder();
let count = 0;
const newFolder = () => path.join(work, `f${++count}`);

/** Names below a folder, those in folders included. */
const namesIn = (folder) => fs.readdirSync(folder, { recursive: true }).map(String).sort();

function writeFiles(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

const saver = fileURLToPath(new URL('saver.mjs', import.meta.url));

/** A process of saver.mjs; `ended` becomes {code, signal}. */
function startSaver(...args) {
  const child = fork(saver, args.map(String));
  const ended = new Promise((resolve) => { child.on('exit', (code, signal) => resolve({ code, signal })); });
  return { child, ended };
}

test('a model is model.json and model.weights.bin, in a folder that is made', async () => {
  const folder = path.join(newFolder(), 'deep', 'er');
  const result = await saveHandler(`file://${folder}`).save(sampleArtifacts());
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
  assert.deepEqual(namesIn(path.dirname(folder)), ['er', 'er/model.json', 'er/model.weights.bin']);
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'model.json')));
  assert.deepEqual(json.weightsManifest, [{ paths: ['./model.weights.bin'], weights: specs,
    integrity: [{ byteLength: 36, sha256: sha256(weights()) }] }]);
  assert.ok(fs.readFileSync(path.join(folder, 'model.weights.bin')).equals(Buffer.from(weights())));
  assert.equal(result.modelArtifactsInfo.weightDataBytes, 36);
});

test('a folder, its model.json and a relative path are loaded', async () => {
  const folder = newFolder();
  await fileSystem(folder).save(sampleArtifacts());
  const { onProgress, check } = progressRecorder();
  assertSameModel(await loadHandler(`file://${folder}`).load({ onProgress }));
  check(36);
  assertSameModel(await loadHandler(`file://${folder}/model.json`).load());
  assertSameModel(await fileSystem(path.relative('.', folder)).load());
});

test('shards in folders, and those after a prefix, are loaded', async () => {
  const folder = writeFiles(newFolder(), modelFiles({ cuts: [5, 9], names: ['a/w1', './b/w2', 'w3'] }));
  assertSameModel(await fileSystem(folder).load());
  const away = writeFiles(newFolder(), { 'x/group1-shard1of1.bin': Buffer.from(weights()) });
  const json = writeFiles(newFolder(), { 'model.json': modelFiles()['model.json'] });
  assertSameModel(await fileSystem(json, { weightPathPrefix: `file://${away}/x/` }).load());
});

test('a topology alone is saved and loaded', async () => {
  const folder = newFolder();
  await fileSystem(folder).save({ modelTopology: topology });
  assert.deepEqual((await fileSystem(folder).load()).modelTopology, topology);
});

test('a save replaces the model, removes its old weight files, and keeps all else', async () => {
  const folder = writeFiles(newFolder(), { ...modelFiles({ cuts: [5], names: ['old1.bin', 'sub/old2.bin'] }), 'notes.txt': 'mine', 'sub/mine.txt': 'x' });
  fs.chmodSync(path.join(folder, 'model.json'), 0o600);
  await fileSystem(path.join(folder, 'model.json')).save(other(2));
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin', 'notes.txt', 'sub', 'sub/mine.txt']);
  assertSameModel(await fileSystem(folder).load(), other(2));
  assert.equal(fs.statSync(path.join(folder, 'model.json')).mode & 0o777, 0o600);
});

test('a save that was cut short after its moment is complete for readers, and completed by the next', async () => {
  const folder = newFolder();
  await fileSystem(folder).save(other(1));
  const next = newFolder();
  await fileSystem(next).save(other(2));
  for (const moved of [[], ['model.weights.bin'], ['model.json'], ['model.weights.bin', 'model.json']]) {
    const at = newFolder();
    fs.cpSync(folder, at, { recursive: true });
    fs.cpSync(next, path.join(at, '.tfjs-pending'), { recursive: true });
    for (const name of moved) fs.renameSync(path.join(at, '.tfjs-pending', name), path.join(at, name));
    assertSameModel(await fileSystem(at).load(), other(2));
    await fileSystem(at).save(other(3));
    assert.deepEqual(namesIn(at), ['model.json', 'model.weights.bin']);
    assertSameModel(await fileSystem(at).load(), other(3));
  }
});

test('the old files that a save cut short lists go with the next one', async () => {
  const folder = writeFiles(newFolder(), { ...modelFiles({ cuts: [5], names: ['old1.bin', 'sub/old2.bin'] }), 'notes.txt': 'mine' });
  const next = newFolder();
  await fileSystem(next).save(other(2));
  fs.writeFileSync(path.join(next, '.tfjs-obsolete'), 'old1.bin\0sub/old2.bin\0../beside.txt\0');
  fs.writeFileSync(path.join(folder, '../beside.txt'), 'not ours');
  fs.renameSync(next, path.join(folder, '.tfjs-pending'));
  assertSameModel(await fileSystem(folder).load(), other(2));
  await fileSystem(folder).save(other(3));
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin', 'notes.txt', 'sub']);
  assert.ok(fs.existsSync(path.join(folder, '../beside.txt')));
});

test('what killed saves left is not read, and removed by the next save', async () => {
  const parent = newFolder();
  const folder = path.join(parent, 'm');
  await fileSystem(folder).save(other(1));
  const dead = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).trim();
  const left = (where, name) => writeFiles(path.join(where, name), { 'model.json': '{' });
  left(folder, `.tfjs-node-${dead}-0011`);
  const alive = left(folder, `.tfjs-node-${process.ppid}-0011`);
  const native = left(folder, '.tfjs-save-0123456789abcdef');
  assertSameModel(await fileSystem(folder).load(), other(1));
  await fileSystem(folder).save(other(2));
  assert.deepEqual(fs.readdirSync(folder).sort(), [path.basename(native), path.basename(alive), 'model.json', 'model.weights.bin'].sort());
  left(parent, `.new.tfjs-node-${dead}-0011`);
  await fileSystem(path.join(parent, 'new')).save(other(2));
  assert.deepEqual(fs.readdirSync(parent).sort(), ['m', 'new']);
});

test('a save that fails leaves the old model and no files of its own', async () => {
  const folder = newFolder();
  await fileSystem(folder).save(other(1));
  await failure(fileSystem(folder).save(sampleArtifacts({ weightData: new ArrayBuffer(3) })), /needs 24 bytes/);
  await failure(fileSystem(folder).save(sampleArtifacts({ modelTopology: new ArrayBuffer(3) })), /binary/);
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
  assertSameModel(await fileSystem(folder).load(), other(1));
  fs.rmSync(path.join(folder, 'model.weights.bin'));
  fs.mkdirSync(path.join(folder, 'model.weights.bin'));
  await failure(fileSystem(folder).save(other(2)), /cannot write '.*model\.weights\.bin': something else than a file/);
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
});

test('saves to one folder at once leave one of them whole', async () => {
  const folder = newFolder();
  const values = [1, 2, 3, 4, 5, 6];
  await Promise.all(values.map((value) => fileSystem(folder).save(other(value))));
  const found = await fileSystem(folder).load();
  assertSameModel(found, other(found.userDefinedMetadata.value));
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
});

test('readers see whole models while other processes save', async () => {
  const folder = newFolder();
  await fileSystem(folder).save(other(1));
  const ended = Promise.all([2, 3].map((value) => startSaver(folder, value, 40).ended));
  let isOver = false;
  ended.then(() => { isOver = true; });
  const seen = new Set();
  while (!isOver) {
    const found = await fileSystem(folder).load();
    seen.add(found.userDefinedMetadata.value);
    assertSameModel(found, other(found.userDefinedMetadata.value));
  }
  assert.deepEqual((await ended).map(({ code }) => code), [0, 0]);
  assert.ok(seen.size >= 2, `saw ${[...seen]}`);
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
});

test('a saver that is killed leaves a whole model', async () => {
  const folder = newFolder();
  await fileSystem(folder).save(other(1));
  for (let round = 0; round < 4; ++round) {
    const { child, ended } = startSaver(folder, round + 2, Infinity);
    await Promise.race([once(child, 'message'), ended]);
    await new Promise((resolve) => { setTimeout(resolve, 37 * round); });
    child.kill('SIGKILL');
    assert.equal((await ended).signal, 'SIGKILL');
    const found = await fileSystem(folder).load();
    assertSameModel(found, other(found.userDefinedMetadata.value));
  }
  await fileSystem(folder).save(other(9));
  assert.deepEqual(namesIn(folder), ['model.json', 'model.weights.bin']);
});

for (const isNew of [false, true]) {
  test(`a saver that dies at any step leaves ${isNew ? 'nothing or the new' : 'the old or the new'} model`, async () => {
    const seen = new Set();
    for (let step = 1; ; ++step) {
      const folder = isNew ? newFolder() : writeFiles(newFolder(), modelFiles({ cuts: [5], names: ['a.bin', 'model.weights.bin'] }));
      const { code } = await startSaver(folder, 7, 1, step).ended;
      const exists = fs.existsSync(folder);
      if (exists) {
        const found = await fileSystem(folder).load();
        const isSaved = found.userDefinedMetadata.value === 7;
        assertSameModel(found, isSaved ? other(7) : sampleArtifacts());
        seen.add(isSaved);
      } else {
        assert.ok(isNew && code === 9);
      }
      await fileSystem(folder).save(other(8));
      assertSameModel(await fileSystem(folder).load(), other(8));
      // All that may be left is a weight file of the old model, which nobody names any more.
      assert.deepEqual(namesIn(folder).filter((name) => name !== 'a.bin'), ['model.json', 'model.weights.bin']);
      if (code === 0) break; // it had no more steps
    }
    assert.deepEqual([...seen], isNew ? [true] : [false, true]);
  });
}

test('links that leave the folder are refused, unless they may be followed; those inside are fine', async () => {
  const outside = path.join(work, 'outside.bin');
  fs.writeFileSync(outside, Buffer.from(weights()));
  const folder = writeFiles(newFolder(), { 'model.json': modelFiles()['model.json'] });
  fs.symlinkSync(outside, path.join(folder, 'group1-shard1of1.bin'));
  await failure(fileSystem(folder).load(), /group1-shard1of1\.bin' is a link that leaves the model's folder \(followLinks/);
  assertSameModel(await fileSystem(folder, { followLinks: true }).load());
  const inside = writeFiles(newFolder(), { 'model.json': modelFiles()['model.json'], 'real.bin': Buffer.from(weights()) });
  fs.symlinkSync('real.bin', path.join(inside, 'group1-shard1of1.bin'));
  assertSameModel(await fileSystem(inside).load());
});

test('a model.json that is a link to anywhere may be named, a folder that is a link too', async () => {
  const folder = writeFiles(newFolder(), modelFiles());
  const link = path.join(work, 'link');
  fs.symlinkSync(folder, link);
  assertSameModel(await fileSystem(link).load());
  const named = writeFiles(newFolder(), { 'group1-shard1of1.bin': Buffer.from(weights()) });
  fs.symlinkSync(path.join(folder, 'model.json'), path.join(named, 'm.json'));
  assertSameModel(await fileSystem(path.join(named, 'm.json')).load());
});

test('pipes are refused, not waited for', async () => {
  const folder = writeFiles(newFolder(), { 'model.json': modelFiles()['model.json'] });
  execFileSync('mkfifo', [path.join(folder, 'group1-shard1of1.bin')]);
  await failure(fileSystem(folder).load(), /is no regular file; a regular file is needed/);
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  await failure(fileSystem(path.join(folder, 'pipe')).load(), /is neither a folder nor a regular file/);
});

test('paths that leave the folder are refused', () => {
  const folder = writeFiles(newFolder(), modelFiles({ names: ['../w.bin'] }));
  return failure(fileSystem(folder).load(), /model\.json: weightsManifest\[0\]: weight path '\.\.\/w\.bin' leaves the model's folder/);
});

for (const [name, files, pattern] of [
  ['nothing', {}, /model\.json' is not there/],
  ['no weights', { 'model.json': modelFiles()['model.json'] }, /group1-shard1of1\.bin' is not there/],
  ['short weights', { ...modelFiles(), 'group1-shard1of1.bin': 'x' }, /shard1of1\.bin has 1 bytes, but the model says 36/],
  ['damaged weights', { ...modelFiles(), 'group1-shard1of1.bin': Buffer.alloc(36) }, /is damaged: its SHA-256/],
  ['a damaged model.json', { 'model.json': '{' }, /model\.json is not valid JSON/],
  ['weights named twice', { 'model.json': changedJson(modelFiles(), (json) => json.weightsManifest[0].weights.push(specs[0])) }, /listed twice/],
]) {
  test(`a folder with ${name} is an error that names the file`, async () => {
    const folder = newFolder();
    fs.mkdirSync(folder);
    writeFiles(folder, files);
    const error = await failure(fileSystem(folder).load(), pattern);
    assert.ok(error.message.includes(folder));
  });
}

test('what is not there is named', () => failure(fileSystem('/no/such/model').load(), /no model at '\/no\/such\/model': no such file or folder/));

test('a model is not saved over a file, nor as a JSON of another name', async () => {
  const folder = writeFiles(newFolder(), { file: 'x' });
  await failure(fileSystem(path.join(folder, 'file')).save(sampleArtifacts()), /it is a file; a model is saved into a folder/);
  await failure(fileSystem(path.join(folder, 'my.json')).save(sampleArtifacts()), /as model\.json; give the folder/);
  await failure(fileSystem(path.join(folder, 'file', 'm')).save(sampleArtifacts()), /^cannot save to '.*file\/m': E[A-Z]+: .*; what was there is kept$/);
  assert.equal(fs.readFileSync(path.join(folder, 'file'), 'utf8'), 'x');
  await failure(() => fileSystem(''), /file:\/\/ needs a path/);
  await failure(() => fileSystem('a\0b'), /NUL/);
});

test('archives are saved by their name, loaded by what they are, and replaced as a whole', async () => {
  const folder = newFolder();
  const zip = path.join(folder, 'm.zip');
  await saveHandler(`file://${zip}`).save(other(1));
  await saveHandler(`file://${zip}`).save(other(2));
  assert.deepEqual(namesIn(folder), ['m.zip']);
  fs.copyFileSync(zip, path.join(folder, 'any name'));
  assertSameModel(await loadHandler(`file://${folder}/any name`).load(), other(2));
  fs.mkdirSync(path.join(folder, 'd.zip'));
  await failure(saveHandler(`file://${folder}/d.zip`).save(other(1)), /it is a folder; this name means an archive/);
});

test('removing takes the files of the model, and only these', async () => {
  const folder = writeFiles(newFolder(), { ...modelFiles({ cuts: [5], names: ['a.bin', 'sub/b.bin'] }), 'notes.txt': 'mine' });
  const saved = new Date(2020, 1, 2);
  fs.utimesSync(path.join(folder, 'model.json'), saved, saved);
  const info = await removeModel(`file://${folder}`);
  assert.equal(info.modelTopologyBytes, JSON.stringify(topology).length);
  assert.equal(info.weightDataBytes, 36);
  assert.deepEqual(info.dateSaved, saved);
  assert.deepEqual(namesIn(folder), ['notes.txt', 'sub']);
  await failure(removeModel(`file://${folder}`), /model\.json' is not there/);
  await saveHandler(`file://${folder}/m.zip`).save(other(1));
  await removeModel(`file://${folder}/m.zip`);
  assert.deepEqual(namesIn(folder), ['notes.txt', 'sub']);
});
