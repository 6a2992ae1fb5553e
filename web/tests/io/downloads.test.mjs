// downloads:// on a stand-in for the page.
import { beforeEach, test } from 'node:test';
import { resolveObjectURL } from 'node:buffer';
import { browserDownloads } from '../../src/io/downloads.js';
import { readModelZip } from '../../src/io/model_zip.js';
import { loadHandler, saveHandler } from '../../src/io/router.js';
import { assert, assertSameModel, bytesIn, failure, sampleArtifacts, sha256, specs, topology, weights,
  withGlobals } from './support.mjs';

class FakeAnchor {
  clicks = [];
  dispatchEvent(event) {
    this.clicks.push(event.type);
  }
}

let anchors;
beforeEach((t) => {
  anchors = [];
  withGlobals(t, {
    MouseEvent: class { constructor(type) { this.type = type; } },
    document: { createElement: (tag) => {
      assert.equal(tag, 'a');
      anchors.push(new FakeAnchor());
      return anchors.at(-1);
    } },
  });
});

const content = async (anchor) => Buffer.from(await resolveObjectURL(anchor.href).arrayBuffer());

test('a model is two downloads, the JSON first', async () => {
  const before = Date.now();
  const result = await saveHandler('downloads://my-model').save(sampleArtifacts());
  const [json, data] = anchors;
  assert.deepEqual([json.download, data.download], ['my-model.json', 'my-model.weights.bin']);
  assert.deepEqual([json.clicks, data.clicks], [['click'], ['click']]);
  const { weightsManifest, modelTopology } = JSON.parse(await content(json));
  assert.deepEqual(modelTopology, topology);
  assert.deepEqual(weightsManifest, [{ paths: ['./my-model.weights.bin'], weights: specs,
    integrity: [{ byteLength: 36, sha256: sha256(weights()) }] }]);
  assert.ok(bytesIn(weights()).equals(await content(data)));
  assert.ok(result.modelArtifactsInfo.dateSaved.getTime() >= before);
  assert.equal(result.modelArtifactsInfo.weightDataBytes, 36);
});

test('the name may be left out, or given with its scheme', async () => {
  await browserDownloads().save(sampleArtifacts());
  await browserDownloads('downloads://other').save(sampleArtifacts());
  assert.deepEqual(anchors.map((anchor) => anchor.download),
    ['model.json', 'model.weights.bin', 'other.json', 'other.weights.bin']);
});

test('a topology alone is one download', async () => {
  await browserDownloads().save({ modelTopology: topology });
  assert.deepEqual(anchors.map((anchor) => anchor.download), ['model.json']);
  assert.deepEqual(JSON.parse(await content(anchors[0])), { modelTopology: topology, weightsManifest: [] });
});

test('anchors of the page are used when given', async () => {
  const given = { jsonAnchor: new FakeAnchor(), weightDataAnchor: new FakeAnchor() };
  await browserDownloads('m', given).save(sampleArtifacts());
  assert.equal(anchors.length, 0);
  assert.equal(given.jsonAnchor.download, 'm.json');
  assert.deepEqual(given.weightDataAnchor.clicks, ['click']);
});

test('a name that ends in .zip is one archive', async () => {
  await saveHandler('downloads://m.zip').save(sampleArtifacts());
  assert.deepEqual(anchors.map((anchor) => anchor.download), ['m.zip']);
  assertSameModel(await readModelZip(new Uint8Array(await content(anchors[0])), 'm.zip'));
});

for (const [name, pattern] of [['a/b', /it holds a slash/], ['a\\b', /a slash/], ['a..b', /it holds '\.\.'/],
  ['a\nb', /a control character/], ['x'.repeat(201), /more than 200 bytes/]]) {
  test(`${JSON.stringify(name.slice(0, 10))} cannot be the name of a download`, () => failure(() => browserDownloads(name), pattern));
}

test('outside of a page there are no downloads', async (t) => {
  withGlobals(t, { document: undefined });
  const error = await failure(browserDownloads('m').save(sampleArtifacts()), /cannot save to 'downloads:\/\/m': downloads need a page/);
  assert.equal(error.code, 'Unsupported');
});

test('downloads cannot be loaded, and what to do instead is said', () =>
  failure(loadHandler('downloads://m').load(), /downloads:\/\/ is save-only; load the downloaded files by tf\.io\.browserFiles/));

test('what could not be loaded again is not downloaded', async () => {
  await failure(browserDownloads('m').save(sampleArtifacts({ weightData: new ArrayBuffer(3) })), /needs 24 bytes/);
  await failure(browserDownloads('m.zip').save(sampleArtifacts({ weightData: new ArrayBuffer(3) })), /needs 24 bytes/);
  assert.equal(anchors.length, 0);
});
