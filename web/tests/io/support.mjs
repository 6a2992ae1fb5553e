// What the tests of tf.io share: a small model, stand-ins for what a page has, and servers on
// loopback.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { after } from 'node:test';

export { assert, fs, path };

export const topology = {
  class_name: 'Sequential',
  config: { name: 'sequential_1', layers: [] },
  keras_version: 'tfjs-layers 4.22.0',
  backend: 'tensor_flow.js',
};

export const specs = [
  { name: 'dense/kernel', shape: [3, 2], dtype: 'float32' },
  { name: 'dense/bias', shape: [2], dtype: 'float32' },
  { name: 'iter', shape: [], dtype: 'int32', group: 'optimizer' },
];

export const weights = () => new Float32Array([1, 2, 3, 4, 5, 6, 0.5, -0.5, 7]).buffer;

/** A model with every field that TensorFlow.js knows, and one that nobody does. */
export function sampleArtifacts(changes = {}) {
  return {
    modelTopology: topology,
    format: 'layers-model',
    generatedBy: 'TensorFlow.js tfjs-layers v4.22.0',
    convertedBy: null,
    signature: { inputs: { x: { name: 'x' } } },
    userDefinedMetadata: { who: 'Grüße', n: 1e-7 },
    modelInitializer: { node: [] },
    initializerSignature: { outputs: {} },
    trainingConfig: { loss: 'meanSquaredError', metrics: [] },
    'x-vendor': { kept: [1, null, true] },
    weightSpecs: specs,
    weightData: weights(),
    ...changes,
  };
}

/** Another model in the same shape. */
export const otherArtifacts = (value) => sampleArtifacts({ userDefinedMetadata: { value },
  weightData: new Float32Array(9).fill(value).buffer });

/** The bytes of weight data in whatever form, as plain numbers. */
export function bytesIn(weightData) {
  const list = Array.isArray(weightData) ? weightData : [weightData];
  return Buffer.concat(list.map((buffer) => Buffer.from(buffer)));
}

/** Checks that artifacts are what was saved, every field of them. */
export function assertSameModel(found, expected = sampleArtifacts()) {
  const { weightData: foundData, ...foundFields } = found;
  const { weightData: expectedData, ...expectedFields } = expected;
  assert.deepEqual(foundFields, expectedFields);
  assert.ok(bytesIn(foundData).equals(bytesIn(expectedData)), 'the weight bytes differ');
}

export const sha256 = (bytes) => createHash('sha256').update(Buffer.from(bytes)).digest('hex');

/** A model as files: `{name: bytes}`, its weights cut at `cuts`. */
export function modelFiles({ cuts = [], integrity = true, names, artifacts = sampleArtifacts() } = {}) {
  const all = Buffer.from(artifacts.weightData);
  const ends = [...cuts, all.length];
  const parts = ends.map((end, i) => all.subarray(cuts[i - 1] ?? 0, end));
  const paths = names ?? parts.map((_, i) => `group1-shard${i + 1}of${parts.length}.bin`);
  const group = { paths, weights: artifacts.weightSpecs };
  if (integrity) {
    group.integrity = parts.map((part) => ({ byteLength: part.length, sha256: sha256(part) }));
  }
  const { weightSpecs, weightData, ...fields } = artifacts;
  const json = JSON.stringify({ ...fields, weightsManifest: [group] });
  return {
    'model.json': Buffer.from(json),
    ...Object.fromEntries(paths.map((name, i) => [name, parts[i]])),
  };
}

/** model.json with one change made to it. */
export function changedJson(files, change) {
  const json = JSON.parse(files['model.json']);
  change(json);
  return Buffer.from(JSON.stringify(json));
}

/** A folder that vanishes after the tests of the file. */
export function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tfjs-io-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Local storage with room for `quota` characters. */
export class FakeStorage {
  #items = new Map();
  quota = Infinity;

  get length() {
    return this.#items.size;
  }

  key(i) {
    return [...this.#items.keys()][i] ?? null;
  }

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    const used = [...this.#items].reduce((all, [k, v]) => all + (k === key ? 0 : k.length + v.length), 0);
    if (used + key.length + value.length > this.quota) {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    }
    this.#items.set(key, String(value));
  }

  removeItem(key) {
    this.#items.delete(key);
  }

  all() {
    return Object.fromEntries(this.#items);
  }
}

/** Sets globals until the test is over. */
export function withGlobals(t, values) {
  for (const [name, value] of Object.entries(values)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
}

/**
 * A server of `files`; `answer(request, response)` may take a request, by returning true. The
 * requests that came are in `requests`.
 */
export async function serve(t, files, answer = () => false) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://x');
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    if (await answer(request, response, url)) return;
    const content = files[decodeURIComponent(url.pathname.slice(1))];
    if (content === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('there is no such file');
      return;
    }
    response.writeHead(200, { 'content-length': content.length });
    response.end(content);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => {
    server.closeAllConnections?.();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

/** The error that a promise or function fails with, which must match. */
export async function failure(work, pattern) {
  let error;
  await assert.rejects(async () => (typeof work === 'function' ? work() : work), (thrown) => {
    error = thrown;
    return true;
  });
  assert.match(error.message, pattern);
  return error;
}

/** The calls of a progress callback, checked to be as promised. */
export function progressRecorder() {
  const calls = [];
  const onProgress = (fraction, bytes) => calls.push({ fraction, ...bytes });
  const check = (total) => {
    assert.equal(calls[0].fraction, 0);
    assert.equal(calls.at(-1).fraction, 1);
    assert.equal(calls.filter((call) => call.fraction === 1).length, 1);
    calls.reduce((before, call) => (assert.ok(call.fraction >= before), call.fraction), 0);
    if (total !== undefined) assert.deepEqual(calls.at(-1), { fraction: 1, bytes: total, total });
  };
  return { calls, onProgress, check };
}
