// Saving to real servers on loopback.
import { test } from 'node:test';
import { http } from '../../src/io/http.js';
import { saveHandler } from '../../src/io/router.js';
import { assert, bytesIn, failure, sampleArtifacts, serve, sha256, specs, topology, weights }
  from './support.mjs';

/** A server that keeps the forms it gets; `status` is its answer. */
async function receiver(t, status = 200) {
  const forms = [];
  const { url, requests } = await serve(t, {}, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = new Response(Buffer.concat(chunks), { headers: { 'content-type': request.headers['content-type'] } });
    forms.push(await body.formData());
    response.writeHead(status);
    response.end(status < 300 ? 'saved' : 'disk full');
    return true;
  });
  return { url, requests, forms };
}

test('a model is sent as a form with both files, by POST', async (t) => {
  const { url, requests, forms } = await receiver(t);
  const before = Date.now();
  const result = await saveHandler(`${url}/upload?x=1`).save(sampleArtifacts());
  assert.deepEqual(requests.map(({ method, url: path }) => [method, path]), [['POST', '/upload?x=1']]);
  assert.deepEqual([...forms[0].keys()], ['model.json', 'model.weights.bin']);
  const json = forms[0].get('model.json');
  const data = forms[0].get('model.weights.bin');
  assert.deepEqual([json.name, json.type], ['model.json', 'application/json']);
  assert.deepEqual([data.name, data.type], ['model.weights.bin', 'application/octet-stream']);
  assert.ok(Buffer.from(await data.arrayBuffer()).equals(Buffer.from(weights())));
  const model = JSON.parse(await json.text());
  assert.deepEqual(Object.keys(model).slice(0, 5),
    ['modelTopology', 'format', 'generatedBy', 'convertedBy', 'weightsManifest']);
  assert.deepEqual(model.weightsManifest, [{ paths: ['./model.weights.bin'], weights: specs,
    integrity: [{ byteLength: 36, sha256: sha256(weights()) }] }]);
  assert.deepEqual(model['x-vendor'], { kept: [1, null, true] });
  assert.equal(result.responses.length, 1);
  assert.equal(await result.responses[0].text(), 'saved');
  assert.ok(result.modelArtifactsInfo.dateSaved.getTime() >= before);
  assert.equal(result.modelArtifactsInfo.weightDataBytes, 36);
});

for (const [kind, options] of [
  ['as they are', { method: 'PUT', headers: { header_key_1: 'header_value_1' } }],
  ['in requestInit', { requestInit: { method: 'PUT', headers: { header_key_1: 'header_value_1' } } }],
]) {
  test(`method and headers may be given ${kind}`, async (t) => {
    const { url, requests, forms } = await receiver(t);
    await http(url, options).save(sampleArtifacts());
    assert.equal(requests[0].method, 'PUT');
    assert.equal(requests[0].headers.header_key_1, 'header_value_1');
    assert.equal(forms.length, 1);
  });
}

test('weights in several buffers are sent as one file', async (t) => {
  const { url, forms } = await receiver(t);
  const whole = weights();
  await http(url).save(sampleArtifacts({ weightData: [whole.slice(0, 5), whole.slice(5)] }));
  const data = await forms[0].get('model.weights.bin').arrayBuffer();
  assert.ok(bytesIn(data).equals(Buffer.from(whole)));
  const [{ integrity }] = JSON.parse(await forms[0].get('model.json').text()).weightsManifest;
  assert.equal(integrity[0].sha256, sha256(whole));
});

test('a topology alone is sent without weights, and names none', async (t) => {
  const { url, forms } = await receiver(t);
  const result = await http(url).save({ modelTopology: topology });
  assert.deepEqual([...forms[0].keys()], ['model.json']);
  assert.deepEqual(JSON.parse(await forms[0].get('model.json').text()),
    { modelTopology: topology, weightsManifest: [] });
  assert.equal(result.modelArtifactsInfo.weightDataBytes, 0);
});

test('another status than 2xx is an error with status and answer, and is not tried again', async (t) => {
  for (const status of [404, 413, 500, 503]) {
    const { url, requests } = await receiver(t, status);
    await failure(http(`${url}/up`).save(sampleArtifacts()),
      new RegExp(`/up: the server answered with status ${status}.*: 'disk full'$`));
    assert.equal(requests.length, 1);
  }
});

test('a server that is not there has not saved', () =>
  failure(http('http://127.0.0.1:9/up').save(sampleArtifacts()), /127\.0\.0\.1:9\/up: not saved: fetch failed/));

test('what could not be loaded again is not sent', async (t) => {
  const { url, requests } = await receiver(t);
  await failure(http(url).save(sampleArtifacts({ weightData: new ArrayBuffer(35) })),
    /save: weight 'iter' \[\] int32 needs 4 bytes at offset 32, but the file has 35/);
  await failure(http(url).save(sampleArtifacts({ weightSpecs: [specs[0], specs[0]] })), /is listed twice/);
  await failure(http(url).save(sampleArtifacts({ modelTopology: new ArrayBuffer(4) })), /topology is binary/);
  await failure(http(url, { headers: { 'content-type': 'a/b' } }).save(sampleArtifacts()), /'Content-Type' cannot be given/);
  await failure(http(url).save(null), /must be an object/);
  assert.equal(requests.length, 0);
});

test("a fetch of the caller's own sends the form", async () => {
  const calls = [];
  const fetchFunc = async (...args) => {
    calls.push(args);
    return new Response(null, { status: 201 });
  };
  await http('upload', { fetchFunc, requestInit: { headers: { a: 'b' } } }).save(sampleArtifacts());
  const [[url, init, ...rest]] = calls;
  assert.deepEqual([url, init.method, init.headers, rest], ['upload', 'POST', { a: 'b' }, []]);
  assert.ok(init.body.get('model.json') instanceof Blob);
});

test('a redirect to a page has not saved; one that sends the model again has', async (t) => {
  const pages = [];
  const { url, forms } = await receiver(t);
  const front = await serve(t, { login: Buffer.from('<html>') }, (request, response, { pathname }) => {
    pages.push(`${request.method} ${pathname}`);
    request.resume();
    if (pathname === '/login') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>');
    } else {
      response.writeHead(pathname === '/moved' ? 307 : 302, { location: pathname === '/moved' ? `${url}/up` : '/login' });
      response.end();
    }
    return true;
  });
  await failure(http(`${front.url}/up`).save(sampleArtifacts()), /\/up: not saved: the server redirected to .*\/login, which is a page/);
  assert.deepEqual(pages, ['POST /up', 'GET /login']);
  await http(`${front.url}/moved`).save(sampleArtifacts());
  assert.equal(forms.length, 1);
});

test('a save can be aborted', async (t) => {
  const { url } = await serve(t, {}, () => true); // never answers
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  await assert.rejects(http(url, { signal: controller.signal }).save(sampleArtifacts()), { name: 'AbortError' });
});
