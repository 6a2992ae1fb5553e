// Loading from real servers on loopback, and with a fetch of the caller's own.
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { http } from '../../src/io/http.js';
import { shownUrl } from '../../src/io/http_place.js';
import { assert, assertSameModel, bytesIn, changedJson, failure, modelFiles, progressRecorder,
  sampleArtifacts, serve, sha256, weights, withGlobals } from './support.mjs';

const later = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

test('a model in one file is loaded with all its fields', async (t) => {
  const { url, requests } = await serve(t, modelFiles());
  assertSameModel(await http(`${url}/model.json`).load());
  assert.deepEqual(requests.map((request) => request.method), ['GET', 'GET']);
});

for (const integrity of [true, false]) {
  const kind = integrity ? 'with' : 'without';
  test(`shards ${kind} lengths in the model are put together in order`, async (t) => {
    const files = modelFiles({ cuts: [1, 7, 8, 20], integrity });
    const { url } = await serve(t, files, async (request) => {
      if (request.url.includes('shard1')) await later(60); // the first comes last
      return false;
    });
    const artifacts = await http(`${url}/model.json`).load();
    assertSameModel(artifacts);
    // Known lengths need no second copy: the bytes are received where they stay.
    assert.equal(Array.isArray(artifacts.weightData), !integrity);
  });

  test(`progress in bytes ${kind} lengths in the model`, async (t) => {
    const { url } = await serve(t, modelFiles({ cuts: [8, 20], integrity }));
    const { onProgress, check } = progressRecorder();
    await http(`${url}/model.json`, { onProgress }).load();
    check(36);
  });

  test(`compressed answers are unpacked ${kind} lengths in the model`, async (t) => {
    const files = modelFiles({ cuts: [20], integrity });
    const { url } = await serve(t, files, (request, response, { pathname }) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(files[pathname.slice(1)]));
      return true;
    });
    assertSameModel(await http(`${url}/model.json`).load());
  });
}

test('options of the call go before those of the handler', async (t) => {
  const { url } = await serve(t, modelFiles());
  const own = progressRecorder();
  const call = progressRecorder();
  await http(`${url}/model.json`, { onProgress: own.onProgress }).load({ onProgress: call.onProgress });
  assert.equal(own.calls.length, 0);
  call.check(36);
});

test('at most six files are fetched at a time', async (t) => {
  const cuts = Array.from({ length: 17 }, (_, i) => 2 * i + 2);
  let active = 0;
  let most = 0;
  const { url } = await serve(t, modelFiles({ cuts }), async (request) => {
    most = Math.max(most, ++active);
    await later(80);
    --active;
    return false;
  });
  assertSameModel(await http(`${url}/model.json`).load());
  assert.equal(most, 6);
});

test('requestInit, or its members as they are, go with every request; loads are GET', async (t) => {
  const { url, requests } = await serve(t, modelFiles());
  await http(`${url}/model.json`, { method: 'PUT', headers: { 'x-a': '1' } }).load();
  await http(`${url}/model.json`, { requestInit: { headers: new Headers({ 'x-a': '1' }) } }).load();
  assert.deepEqual(requests.map((request) => [request.method, request.headers['x-a']]),
    Array(4).fill(['GET', '1']));
});

test('the query of the URL goes with the weights; it begins at the first "?"', async (t) => {
  const { url, requests } = await serve(t, { 'a/model.json': modelFiles()['model.json'],
    'a/group1-shard1of1.bin': modelFiles()['group1-shard1of1.bin'] });
  await http(`${url}/a/model.json?from=b/c&x=1#top`).load();
  assert.deepEqual(requests.map((request) => request.url),
    ['/a/model.json?from=b/c&x=1', '/a/group1-shard1of1.bin?from=b/c&x=1']);
});

test('weightPathPrefix replaces the folder, weightUrlConverter the whole URL', async (t) => {
  const files = modelFiles({ names: ['./w.bin'] });
  const served = { 'model.json': files['model.json'], 'elsewhere/w.bin': Buffer.from(weights()),
    'signed': Buffer.from(weights()) };
  const { url, requests } = await serve(t, served);
  assertSameModel(await http(`${url}/model.json?q`, { weightPathPrefix: `${url}/elsewhere/` }).load());
  const asked = [];
  const weightUrlConverter = async (path) => {
    asked.push(path);
    await later(1);
    return `${url}/signed`;
  };
  assertSameModel(await http(`${url}/model.json`, { weightUrlConverter }).load());
  assert.deepEqual(asked, ['./w.bin']); // as it stands in the model
  assert.deepEqual(requests.map((request) => request.url).filter((each) => !each.includes('json')),
    ['/elsewhere/w.bin?q', '/signed']);
  await failure(http(`${url}/model.json`, { weightUrlConverter: () => undefined }).load(),
    /weightUrlConverter must give a URL, but for '\.\/w\.bin' it gave 'undefined'/);
});

test('a "#" in a weight path is a part of its name', async (t) => {
  const { url } = await serve(t, modelFiles({ names: ['w#1.bin'] }));
  assertSameModel(await http(`${url}/model.json`).load());
});

for (const [path, reason] of [['/etc/w', /is absolute/], ['//other/w', /is absolute/],
  ['http://other/w', /is a URL/], ['../w', /leaves/], ['%2e%2e/w', /leaves/], ['a\tb', /control/]]) {
  test(`weight path ${JSON.stringify(path)} is not fetched`, async (t) => {
    const files = modelFiles({ names: [path] });
    const { url, requests } = await serve(t, { 'm/model.json': files['model.json'] });
    await failure(http(`${url}/m/model.json`).load(), reason);
    assert.equal(requests.length, 1);
  });
}

test('secrets go to the server of the model alone', async (t) => {
  const files = modelFiles();
  const other = await serve(t, { w: files['group1-shard1of1.bin'] });
  const { url, requests } = await serve(t, files);
  const options = { headers: { Authorization: 'Bearer abc', 'x-b': '2' },
    weightUrlConverter: async () => `${other.url}/w` };
  await http(`${url}/model.json`, options).load();
  assert.equal(requests[0].headers.authorization, 'Bearer abc');
  assert.equal(other.requests[0].headers.authorization, undefined);
  assert.equal(other.requests[0].headers['x-b'], '2');
});

test('user and password of a URL are sent, and never shown', async (t) => {
  const { url, requests } = await serve(t, modelFiles());
  const secret = url.replace('//', '//me:pass%20word@');
  await http(`${secret}/model.json`).load();
  const expected = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
  assert.deepEqual(requests.map((request) => request.headers.authorization), [expected, expected]);
  const error = await failure(http(`${secret}/none.json?token=secret`).load(), /status 404/);
  assert.doesNotMatch(error.message, /pass|secret/);
  assert.match(error.message, /none\.json\?token=\.\.\./);
  assert.equal(shownUrl('//u:p@h/x#y'), '//h/x');
});

test('status 404 of any file is an error with its URL and what the server said', async (t) => {
  const files = modelFiles({ cuts: [4] });
  delete files['group1-shard2of2.bin'];
  const { url } = await serve(t, files);
  const error = await failure(http(`${url}/model.json`).load(),
    /127\.0\.0\.1:\d+\/group1-shard2of2\.bin: the server answered with status 404 \(not there\): 'there is/);
  assert.equal(error.code, 'NotFound');
  await failure(http(`${url}/other.json`).load(), /other\.json: the server answered with status 404/);
});

test('status 403 is no reason to try again', async (t) => {
  const { url, requests } = await serve(t, {}, (request, response) => {
    response.writeHead(403);
    response.end();
    return true;
  });
  await failure(http(`${url}/model.json`).load(), /status 403 \(credentials needed, or not the right ones\)$/);
  assert.equal(requests.length, 1);
});

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`status ${status} may pass: the file is asked for again`, async (t) => {
    const { url, requests } = await serve(t, modelFiles(), (request, response) => {
      if (requests.length !== 2) return false;
      response.writeHead(status, { 'retry-after': '0' });
      response.end();
      return true;
    });
    assertSameModel(await http(`${url}/model.json`).load());
    assert.equal(requests.length, 3);
  });
}

test('an answer without end that is not the file is not read to its end', async (t) => {
  let isClosed = false;
  const { url } = await serve(t, {}, (request, response) => {
    response.writeHead(400);
    const timer = setInterval(() => response.write('no '.repeat(1000)), 5);
    response.on('close', () => {
      clearInterval(timer);
      isClosed = true;
    });
    return true;
  });
  await failure(http(`${url}/model.json`).load(), /status 400: 'no no .*\.\.\.'$/);
  for (let i = 0; i < 100 && !isClosed; ++i) await later(10);
  assert.ok(isClosed);
});

test('Retry-After is waited for', async (t) => {
  const { url, requests } = await serve(t, modelFiles(), (request, response) => {
    if (requests.length !== 1) return false;
    response.writeHead(503, { 'retry-after': '1' });
    response.end();
    return true;
  });
  const started = Date.now();
  await http(`${url}/model.json`).load();
  assert.ok(Date.now() - started >= 950);
});

test('the number of further attempts is given, and told', async (t) => {
  const { url, requests } = await serve(t, {}, (request, response) => {
    response.writeHead(500);
    response.end();
    return true;
  });
  await failure(http(`${url}/model.json`, { retry: 1 }).load(), /status 500 \(2 attempts\)$/);
  assert.equal(requests.length, 2);
  await failure(http(`${url}/model.json`, { retry: 0 }).load(), /status 500$/);
  await failure(http(`${url}/model.json`, { retry: -1 }).load(), /retry must be an integer of 0 or more/);
});

test('a body that breaks off is fetched again, and progress does not go back', async (t) => {
  const files = modelFiles({ cuts: [20] });
  let broken = 0;
  const { url } = await serve(t, files, (request, response, { pathname }) => {
    if (!pathname.includes('shard1') || broken++ > 0) return false;
    response.writeHead(200, { 'content-length': 20 });
    response.write(files['group1-shard1of2.bin'].subarray(0, 11));
    setTimeout(() => response.destroy(), 20);
    return true;
  });
  const { onProgress, check } = progressRecorder();
  assertSameModel(await http(`${url}/model.json`, { onProgress }).load());
  check(36);
  assert.equal(broken, 2);
});

test('a server that is not there is named', async () => {
  const error = await failure(http('http://127.0.0.1:9/model.json', { retry: 0 }).load(),
    /^http:\/\/127\.0\.0\.1:9\/model\.json: fetch failed/);
  assert.equal(error.code, 'Unavailable');
});

test('a page in place of model.json or of a weight file is named so', async (t) => {
  const page = Buffer.from('<!doctype html><html></html>');
  const html = (path) => (request, response, { pathname }) => {
    if (!pathname.endsWith(path)) return false;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
    return true;
  };
  const first = await serve(t, modelFiles(), html('.json'));
  await failure(http(`${first.url}/model.json`).load(), /not valid JSON: .*HTML or XML: a page in place of model\.json/);
  for (const integrity of [true, false]) {
    const second = await serve(t, modelFiles({ integrity }), html('.bin'));
    await failure(http(`${second.url}/model.json`).load(), /text\/html: a page in place of the file/);
    assert.equal(second.requests.length, 2); // it would not help to ask again
  }
});

test('a .pb file is told apart', async (t) => {
  const { url } = await serve(t, { 'model.pb': Buffer.from('abc') });
  await failure(http(`${url}/model.pb`).load(), /a \.pb file is a TensorFlow model/);
});

test('a file that is too short names the weight, what it needs and what there is', async (t) => {
  const files = modelFiles({ integrity: false });
  files['group1-shard1of1.bin'] = files['group1-shard1of1.bin'].subarray(0, 26);
  const { url } = await serve(t, files);
  await failure(http(`${url}/model.json`).load(), /shard1of1\.bin: weight 'dense\/bias' \[2\] float32 needs 8 bytes at offset 24, but the file has 26/);
});

test('a file of another length than the model says is an error, after further attempts', async (t) => {
  const files = modelFiles();
  files['group1-shard1of1.bin'] = files['group1-shard1of1.bin'].subarray(0, 35);
  const short = await serve(t, files);
  await failure(http(`${short.url}/model.json`, { retry: 1 }).load(), /has 35 bytes, but the model says 36 \(interrupted download\?\)/);
  assert.equal(short.requests.length, 3);
  files['group1-shard1of1.bin'] = Buffer.concat([Buffer.from(weights()), Buffer.alloc(1)]);
  const long = await serve(t, files);
  await failure(http(`${long.url}/model.json`).load(), /has more than the 36 bytes it should have/);
});

test('a flipped byte is found by its hash, unless nobody wants to know', async (t) => {
  const files = modelFiles({ cuts: [20] });
  files['group1-shard2of2.bin'] = Buffer.from(files['group1-shard2of2.bin']);
  files['group1-shard2of2.bin'][3] ^= 1;
  const { url } = await serve(t, files);
  const found = sha256(files['group1-shard2of2.bin']);
  const error = await failure(http(`${url}/model.json`).load(),
    new RegExp(`shard2of2\\.bin is damaged: its SHA-256 is ${found}, but the model says [0-9a-f]{64}`));
  assert.equal(error.code, 'CorruptData');
  await http(`${url}/model.json`, { verify: false }).load();
});

test('some bytes after the last weight are a warning, many are an error', async (t) => {
  const files = modelFiles({ integrity: false });
  files['group1-shard1of1.bin'] = Buffer.concat([Buffer.from(weights()), Buffer.alloc(1000)]);
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning);
  const some = await serve(t, files);
  const artifacts = await http(`${some.url}/model.json`, { onWarning }).load();
  assert.ok(bytesIn(artifacts.weightData).subarray(0, 36).equals(Buffer.from(weights())));
  assert.match(warnings.join(), /1000 bytes after the last weight are ignored/);
  files['group1-shard1of1.bin'] = Buffer.alloc((1 << 20) + 37);
  const many = await serve(t, files);
  await failure(http(`${many.url}/model.json`).load(), /more than the model accounts for, whose weights need 36/);
});

test('lengths that do not fit the weights are refused before anything is fetched', async (t) => {
  const files = modelFiles();
  files['model.json'] = changedJson(files, (json) => { json.weightsManifest[0].integrity[0].byteLength = 35; });
  const { url, requests } = await serve(t, files);
  await failure(http(`${url}/model.json`).load(), /the weights need 36 bytes, but the weight files are said to have 35/);
  assert.equal(requests.length, 1);
});

test('weights of a size that no memory has are refused', async (t) => {
  const files = modelFiles({ integrity: false });
  files['model.json'] = changedJson(files, (json) => { json.weightsManifest[0].weights[0].shape = [2 ** 50]; });
  const { url } = await serve(t, files);
  await failure(http(`${url}/model.json`).load(), /there is no memory for \d+ bytes of weights/);
});

test('topology alone, and weights alone, are models', async (t) => {
  const { url } = await serve(t, { 't.json': Buffer.from('{"modelTopology":{"a":1}}'),
    'w.json': changedJson(modelFiles(), (json) => { delete json.modelTopology; }),
    'group1-shard1of1.bin': Buffer.from(weights()) });
  const alone = await http(`${url}/t.json`).load();
  assert.deepEqual(alone, { modelTopology: { a: 1 } });
  assert.equal((await http(`${url}/w.json`).load()).modelTopology, undefined);
});

test('a model without weights has progress too', async (t) => {
  const { url } = await serve(t, { 'm.json': Buffer.from('{"modelTopology":{},"weightsManifest":[]}') });
  const { onProgress, calls } = progressRecorder();
  const artifacts = await http(`${url}/m.json`, { onProgress }).load();
  assert.deepEqual(artifacts.weightSpecs, []);
  assert.equal(artifacts.weightData.byteLength, 0);
  assert.deepEqual(calls.map((call) => call.fraction), [0, 1]);
});

test('an aborted load ends with the reason of the signal, and ends its requests', async (t) => {
  const closed = [];
  const { url } = await serve(t, modelFiles(), (request, response, { pathname }) => {
    if (!pathname.endsWith('.bin')) return false;
    response.writeHead(200, { 'content-length': 36 });
    response.write(Buffer.alloc(3));
    response.on('close', () => closed.push(pathname));
    return true;
  });
  for (const place of ['options', 'requestInit']) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    const options = place === 'options' ? { signal: controller.signal }
      : { requestInit: { signal: controller.signal } };
    await assert.rejects(http(`${url}/model.json`, options).load(), { name: 'AbortError' });
  }
  const before = AbortSignal.abort(new Error('not wanted'));
  await assert.rejects(http(`${url}/model.json`, { signal: before }).load(), { message: 'not wanted' });
  await later(50);
  assert.equal(closed.length, 2);
});

test('a file that fails ends the others', async (t) => {
  const closed = [];
  const { url } = await serve(t, modelFiles({ cuts: [4] }), (request, response, { pathname }) => {
    if (pathname.includes('shard1')) {
      response.writeHead(200, { 'content-length': 4 });
      response.write(Buffer.alloc(1));
      response.on('close', () => closed.push(pathname));
      return true;
    }
    if (!pathname.includes('shard2')) return false;
    setTimeout(() => {
      response.writeHead(400);
      response.end();
    }, 40);
    return true;
  });
  await failure(http(`${url}/model.json`).load(), /shard2of2\.bin: the server answered with status 400/);
  await later(50);
  assert.equal(closed.length, 1);
});

test("a fetch of the caller's own is used for all files, and told which are binary", async () => {
  const files = modelFiles();
  const calls = [];
  const fetchFunc = async (...args) => {
    calls.push(args);
    return new Response(files[args[0].replace('./', '')]);
  };
  const artifacts = await http('./model.json', { fetchFunc, requestInit: { credentials: 'include' } }).load();
  assertSameModel(artifacts);
  assert.deepEqual(calls.map((call) => call[0]), ['./model.json', './group1-shard1of1.bin']);
  assert.deepEqual(calls.map((call) => call[1].credentials), ['include', 'include']);
  assert.deepEqual(calls.map((call) => call[2]), [undefined, { isBinary: true }]);
});

test('responses with little more than json() and arrayBuffer() will do', async () => {
  const files = modelFiles();
  const fetchFunc = async (path) => ({
    ok: true,
    json: async () => JSON.parse(files[path]),
    arrayBuffer: async () => (path === 'model.json' ? files[path].toString() : weights()),
    headers: { get: () => 'application/octet-stream' },
  });
  assertSameModel(await http('model.json', { fetchFunc }).load());
});

test("what the caller's fetch throws comes through as it is", async () => {
  const fetchFunc = () => Promise.reject('path not found'); // eslint-disable-line
  await assert.rejects(http('m.json', { fetchFunc }).load(), (error) => error === 'path not found');
});

test('what cannot be is refused when the handler is made', async (t) => {
  for (const url of [null, undefined, '']) {
    await failure(() => http(url), /must not be null, undefined or empty/);
  }
  await failure(() => http(['http://a', 'http://b', 'http://c']), /must have a length of 2/);
  await failure(() => http('http://a', { requestInit: { body: 'x' } }), /requestInit is expected to have no pre-existing body/);
  await failure(() => http('http://a', { fetchFunc: 5 }), /fetchFunc must be a function/);
  await failure(() => http('http://a', { headers: { 'a b': '1' } }), /malformed header 'a b'/);
  await failure(() => http('http://a', { headers: { a: 'x\r\ny: z' } }), /malformed header 'a'/);
  withGlobals(t, { fetch: undefined });
  await failure(http('http://a/m.json').load(), /Unable to find fetch/);
});

test('the older form with a URL for the model and one for its weights works', async (t) => {
  const files = modelFiles();
  const { url } = await serve(t, { 'a/m.json': files['model.json'], 'b/group1-shard1of1.bin': Buffer.from(weights()) });
  assertSameModel(await http([`${url}/a/m.json`, `${url}/b/manifest.json`]).load());
});

test('strings, whose size the model does not tell, are loaded', async (t) => {
  const weightSpecs = [{ name: 's', shape: [2], dtype: 'string' }];
  const weightData = new Uint8Array([1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67]).buffer;
  for (const integrity of [true, false]) {
    const artifacts = sampleArtifacts({ weightSpecs, weightData });
    const { url } = await serve(t, modelFiles({ artifacts, integrity }));
    assertSameModel(await http(`${url}/model.json`).load(), artifacts);
  }
});

test('16 MB in 40 files come through', async (t) => {
  const weightData = new Uint8Array(16 << 20).map((_, i) => (i * 31) & 255).buffer;
  const artifacts = sampleArtifacts({ weightSpecs: [{ name: 'w', shape: [4 << 20], dtype: 'float32' }], weightData });
  const cuts = Array.from({ length: 39 }, (_, i) => (i + 1) * 400000 + 1);
  for (const integrity of [true, false]) {
    const { url } = await serve(t, modelFiles({ artifacts, cuts, integrity }));
    const { onProgress, check } = progressRecorder();
    assertSameModel(await http(`${url}/model.json`, { onProgress }).load(), artifacts);
    check(16 << 20);
  }
});

test("an error of the caller's onProgress is the caller's, at once", async (t) => {
  const { url, requests } = await serve(t, modelFiles());
  const onProgress = (fraction) => {
    if (fraction > 0) null.nothing();
  };
  const error = await http(`${url}/model.json`, { onProgress }).load().then(() => null, (e) => e);
  assert.ok(error instanceof TypeError, String(error));
  assert.equal(requests.length, 2);
});

test('a fetchFunc that gives no response is told so', async () => {
  const fetchFunc = async () => undefined;
  await failure(http('https://example.org/model.json', { fetchFunc }).load(), /fetchFunc must give a Response/);
});
