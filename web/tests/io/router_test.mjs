// From URLs to handlers, and handlers without a place.
import { test } from 'node:test';
import * as io from '../../src/io/index.js';
import { loadHandler, saveHandler } from '../../src/io/router.js';
import { BrowserIndexedDB } from '../../src/io/indexed_db.js';
import { BrowserLocalStorage } from '../../src/io/local_storage.js';
import { HTTPRequest } from '../../src/io/http.js';
import { assert, failure, sampleArtifacts, withGlobals } from './support.mjs';

test('each scheme has one handler', () => {
  for (const url of ['localstorage://m', 'indexeddb://m', 'http://h/m', 'https://h/m', 'file://m', 'downloads://m']) {
    assert.equal(io.getLoadHandlers(url).length, 1, url);
    assert.equal(io.getSaveHandlers(url).length, 1, url);
  }
  assert.ok(io.getLoadHandlers('localstorage://m')[0] instanceof BrowserLocalStorage);
  assert.ok(io.getSaveHandlers('indexeddb://m')[0] instanceof BrowserIndexedDB);
  assert.ok(io.getLoadHandlers('https://h/m')[0] instanceof HTTPRequest);
});

test('what no router wants gives no handler', () => {
  for (const url of ['nothing://m', 'm.json', 'localhost://m', 'foo:5000/bar', ['a://x', 'a://y']]) {
    assert.deepEqual(io.getLoadHandlers(url), []);
  }
});

test('an unknown scheme is named, with those that exist', async () => {
  await failure(() => loadHandler('s3://bucket/m'), /cannot load 's3:\/\/bucket\/m': unknown scheme 's3:\/\/'; known are .*indexeddb:\/\//);
  await failure(() => saveHandler('s3://m'), /cannot save to 's3:\/\/m': unknown scheme 's3:\/\/'/);
  await failure(() => saveHandler('my-model'), /it has no scheme; known are .*localstorage:\/\//);
});

test('a relative URL is fetched where there is a page, or a fetchFunc', async (t) => {
  await failure(() => loadHandler('m/model.json'), /it has no scheme/);
  assert.ok(loadHandler('m/model.json', { fetchFunc() {} }) instanceof HTTPRequest);
  withGlobals(t, { location: { href: 'http://page/' } });
  assert.ok(loadHandler('m/model.json') instanceof HTTPRequest);
  await failure(() => saveHandler('m/model.json'), /it has no scheme/);
});

test('routers are asked in turn, with the load options, and just one may want a URL', async () => {
  const seen = [];
  const handler = { load() {}, save() {} };
  io.registerLoadRouter((url, options) => {
    if (!url.startsWith?.('two')) return null;
    seen.push([url, options]);
    return handler;
  });
  const options = { onProgress() {} };
  assert.equal(loadHandler('two://m', options), handler);
  assert.deepEqual(seen, [['two://m', options]]);
  assert.deepEqual(io.getSaveHandlers('two://m'), []); // no crosstalk
  io.registerLoadRouter((url) => (url.startsWith?.('two') ? handler : undefined));
  assert.equal(io.getLoadHandlers('two://m').length, 2);
  await failure(() => loadHandler('two://m'), /2 registered routers want to load 'two:\/\/m'; one must/);
  io.registerSaveRouter((url) => (url === 'two://s' ? handler : null));
  assert.equal(saveHandler('two://s'), handler);
});

test('a handler is its own, if it can do what is asked', async () => {
  const loads = { load() {} };
  const saves = { save() {} };
  assert.equal(loadHandler(loads), loads);
  assert.equal(saveHandler(saves), saves);
  await failure(() => loadHandler(saves), /this handler only saves \(it has no load method\)/);
  await failure(() => saveHandler(loads), /this handler only loads \(it has no save method\)/);
  await failure(() => saveHandler({}), /must be a URL or a handler with a save method/);
  await failure(() => loadHandler(null), /must be a URL or a handler with a load method/);
});

test('fromMemory loads the artifacts it got, or makes them of the older arguments', async () => {
  const artifacts = sampleArtifacts();
  assert.equal(await io.fromMemory(artifacts).load(), artifacts);
  assert.equal(io.fromMemorySync(artifacts).load(), artifacts);
  assert.ok(io.fromMemory(artifacts).load() instanceof Promise);
  assert.deepEqual(io.fromMemorySync({ class_name: 'x' }).load(), { modelTopology: { class_name: 'x' } });
  assert.deepEqual(io.fromMemorySync(1, 2, 3, 4).load(),
    { modelTopology: 1, weightSpecs: 2, weightData: 3, trainingConfig: 4 });
  assert.equal(io.fromMemory(artifacts).save, undefined);
});

test('withSaveHandler gives what is saved to the function', async () => {
  const artifacts = sampleArtifacts();
  const handler = io.withSaveHandler(async (given) => ({ given }));
  assert.equal((await handler.save(artifacts)).given, artifacts);
  assert.equal(io.withSaveHandlerSync((given) => given).save(artifacts), artifacts);
  assert.equal(handler.load, undefined);
  await failure(() => io.withSaveHandler(5), /needs a function/);
  await failure(() => io.withSaveHandlerSync(), /withSaveHandlerSync needs a function/);
});
