// Copies and moves between places: nothing is removed before its copy has been read back.
import { beforeEach, test } from 'node:test';
import { copyModel, listModels, moveModel, removeModel } from '../../src/io/model_management.js';
import { browserLocalStorage } from '../../src/io/local_storage.js';
import { fileSystem } from '../../src/io/file.js';
import '../../src/io/downloads.js';
import '../../src/io/http.js';
import '../../src/io/indexed_db.js';
import { registerLoadRouter, registerSaveRouter } from '../../src/io/router.js';
import { FakeStorage, assert, assertSameModel, failure, modelFiles, path, sampleArtifacts, serve,
  temporaryFolder } from './support.mjs';

const work = temporaryFolder();
const storage = () => globalThis.localStorage;

/** A place of its own scheme whose every step can be changed. */
const odd = { artifacts: null, log: [] };
const oddHandler = {
  place: 'odd',
  load: async () => odd.load?.() ?? odd.artifacts,
  save: async (artifacts) => {
    odd.log.push('save');
    if (odd.fail) throw new Error('disk full');
    odd.artifacts = odd.change ? odd.change(artifacts) : artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0) } };
  },
  remove: async () => { odd.log.push('remove'); },
};
registerLoadRouter((url) => (url.startsWith?.('odd://') ? oddHandler : null));
registerSaveRouter((url) => (url.startsWith?.('odd://') ? oddHandler : null));

beforeEach(async () => {
  delete oddHandler.removeChecked;
  globalThis.localStorage = new FakeStorage();
  Object.assign(odd, { artifacts: null, log: [], fail: false, change: null, load: null });
  await browserLocalStorage('a').save(sampleArtifacts());
});

test('a copy leaves the source, and gives the info of the copy', async () => {
  const info = await copyModel('localstorage://a', 'localstorage://b/c');
  assert.equal(info.weightDataBytes, 36);
  assert.ok(info.dateSaved instanceof Date);
  assert.deepEqual(Object.keys(await listModels()).sort(), ['localstorage://a', 'localstorage://b/c']);
  assertSameModel(await browserLocalStorage('b/c').load());
});

test('a move leaves only the destination, in one store and between places', async () => {
  await moveModel('localstorage://a', 'localstorage://b');
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://b']);
  await moveModel('localstorage://b', `file://${work}/m`);
  assert.deepEqual(await listModels(), {});
  await moveModel(`file://${work}/m`, 'localstorage://c');
  assertSameModel(await browserLocalStorage('c').load());
  await failure(fileSystem(`${work}/m`).load(), /model\.json' is not there/);
});

test('copies come from any place that loads and go to any that saves', async (t) => {
  const { url } = await serve(t, modelFiles({ cuts: [9] }));
  await copyModel(`${url}/model.json`, 'localstorage://web');
  assertSameModel(await browserLocalStorage('web').load());
  await copyModel('localstorage://web', `file://${work}/copy.zip`);
  assertSameModel(await fileSystem(`${work}/copy.zip`).load());
});

test('a move whose save fails keeps the source', async () => {
  odd.fail = true;
  await failure(moveModel('localstorage://a', 'odd://x'), /disk full/);
  assertSameModel(await browserLocalStorage('a').load());
});

test('a move whose save exceeds the quota keeps the source', async () => {
  storage().quota = Object.entries(storage().all()).reduce((all, [k, v]) => all + k.length + v.length, 0) + 10;
  await failure(moveModel('localstorage://a', 'localstorage://b'), /it needs \d+ bytes/);
  assertSameModel(await browserLocalStorage('a').load());
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://a']);
});

for (const [name, change, reason] of [
  ['weights', (artifacts) => ({ ...artifacts, weightData: new ArrayBuffer(36) }), /the weight bytes differ/],
  ['length', (artifacts) => ({ ...artifacts, weightData: new ArrayBuffer(35) }), /the weight bytes differ/],
  ['topology', (artifacts) => ({ ...artifacts, modelTopology: {} }), /modelTopology differs/],
  ['specs', (artifacts) => ({ ...artifacts, weightSpecs: [] }), /has 0 weights, expected 3/],
  ['names', (artifacts) => ({ ...artifacts, weightSpecs: artifacts.weightSpecs.map((spec) => ({ ...spec, name: 'x' })) }), /the entry of weight 'dense\/kernel' differs/],
  ['fields', ({ 'x-vendor': gone, ...artifacts }) => artifacts, /the field 'x-vendor' differs/],
]) {
  test(`a move to a place that changes the ${name} keeps the source and says why`, async () => {
    odd.change = change;
    await failure(moveModel('localstorage://a', 'odd://x'), reason);
    assertSameModel(await browserLocalStorage('a').load());
  });
}

test('a source that changes while it is moved is kept', async () => {
  let loads = 0;
  odd.artifacts = sampleArtifacts();
  odd.load = () => sampleArtifacts({ userDefinedMetadata: { loads: ++loads } });
  await failure(moveModel('odd://x', 'localstorage://b'), /'odd:\/\/x' changed while it was copied \(the field 'userDefinedMetadata' differs\); it was kept beside/);
  assert.deepEqual(odd.log, []);
});

test('a save between the last look at the source and its removal is not lost', async () => {
  const later = sampleArtifacts({ userDefinedMetadata: { later: 1 } });
  const { getItem } = FakeStorage.prototype;
  let reads = 0;
  storage().getItem = (key) => {
    if (key.endsWith('/a/weight_data') && ++reads === 2) queueMicrotask(() => browserLocalStorage('a').save(later));
    return getItem.call(storage(), key);
  };
  await moveModel('localstorage://a', 'odd://x');
  assertSameModel(odd.artifacts);
  assertSameModel(await browserLocalStorage('a').load(), later);
});

test('a handler may check and remove in one step', async () => {
  odd.artifacts = sampleArtifacts();
  let found = sampleArtifacts({ userDefinedMetadata: { later: 1 } });
  oddHandler.removeChecked = async (check) => { check(found); odd.log.push('removeChecked'); };
  await failure(moveModel('odd://x', 'localstorage://b'), /changed while it was copied/);
  assert.deepEqual(odd.log, []);
  found = odd.artifacts;
  await moveModel('odd://x', 'localstorage://b');
  assert.deepEqual(odd.log, ['removeChecked']);
});

test('what cannot be removed, or read back, is not moved; nothing is written', async (t) => {
  const { url, requests } = await serve(t, modelFiles());
  await failure(moveModel(`${url}/model.json`, 'localstorage://b'), /it cannot be removed from there; copy it instead/);
  await failure(moveModel('localstorage://a', `${url}/up`), /the copy cannot be read back to be checked; copy it, then remove 'localstorage:\/\/a'/);
  await failure(moveModel('localstorage://a', 'downloads://x'), /cannot be read back/);
  assert.equal(requests.length, 0);
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://a']);
});

test('source and destination must be two places, whatever they are called', async () => {
  await fileSystem(`${work}/same`).save(sampleArtifacts());
  for (const [from, to] of [['localstorage://a', 'localstorage://a'],
    [`file://${work}/same`, `file://${work}/same`], [`file://${work}/same`, `file://${work}/same/model.json`],
    [`file://${work}/same`, `file://${path.relative('.', work)}/same/`]]) {
    await failure(copyModel(from, to), /Old path and new path are the same/);
    await failure(moveModel(from, to), /Old path and new path are the same/);
  }
  assertSameModel(await fileSystem(`${work}/same`).load());
});

test('URLs without scheme, unknown schemes and absent models are named', async () => {
  for (const work of [() => removeModel('a'), () => copyModel('a', 'localstorage://b'), () => moveModel('localstorage://a', 'b')]) {
    await failure(work, /The url string provided does not contain a scheme: '[ab]'\. Schemes that list models are: indexeddb:\/\/, localstorage:\/\/|localstorage:\/\/, indexeddb/);
  }
  await failure(copyModel('s3://a', 'localstorage://b'), /unknown scheme 's3:\/\/'/);
  await failure(copyModel('localstorage://a', 's3://b'), /unknown scheme 's3:\/\/'/);
  await failure(copyModel('localstorage://no', 'localstorage://b'), /no model with name 'no'/);
  await failure(removeModel('http://h/m.json'), /models there cannot be removed from here/);
  assert.deepEqual(Object.keys(await listModels()), ['localstorage://a']);
});
