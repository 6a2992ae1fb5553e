// The server of examples/browser: what it gives out and takes, and what it refuses.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../../examples/browser/server/server.mjs';
import { check, runAll } from '../../../tests/run_all.mjs';

const command = fileURLToPath(new URL('../../../examples/browser/serve', import.meta.url));
process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'tfjs-page-'));
const server = await startServer(0);
const { port } = new URL(server.origin);

/** Sends a request as it stands: fetch would tidy its path and forbid some headers. */
function send(method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = ask({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function upload(name, files, headers) {
  const form = new FormData();
  for (const [file, text] of Object.entries(files)) form.append(file, new Blob([text]), file);
  return fetch(`${server.origin}/upload/${name}`, { method: 'POST', body: form, headers });
}

async function checkStatus(method, path, wanted, options) {
  const { status } = await send(method, path, options);
  check(status === wanted, `${method} ${path} gives ${status}, not ${wanted}`);
}

const read = async (path) => (await send('GET', path)).text;

/** Runs the command until it ends; gives its exit code and what it said. */
function serve(...words) {
  const child = spawn(process.execPath, [command, ...words]);
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

await runAll([
  ['the page comes under a policy that allows no foreign script', async () => {
    const { status, headers, text } = await send('GET', '/examples/browser/index.html');
    check(status === 200 && text.includes('<main>'), `status ${status}`);
    const policy = headers['content-security-policy'];
    check(policy.includes("script-src 'self' 'wasm-unsafe-eval';"), policy);
    check(headers['cross-origin-opener-policy'] === 'same-origin', 'the page is isolated');
    check(headers['cross-origin-embedder-policy'] === 'require-corp', 'the page is isolated');
  }],
  ['nothing outside of its folders is given out', async () => {
    await checkStatus('GET', '/README.md', 404);
    await checkStatus('GET', '/web/src/../../README.md', 404);
    await checkStatus('GET', '/web/src/%2e%2e/%2e%2e/README.md', 404);
    await checkStatus('GET', '/web/src/..%2f..%2fREADME.md', 404);
    await checkStatus('GET', '//etc/passwd', 404);
    await checkStatus('GET', '/web/src', 404);
    await checkStatus('GET', '/web/src/index.js%00', 404);
    await checkStatus('GET', '/%ff', 400);
    await checkStatus('GET', '/web/src/index.js', 200);
  }],
  ['requests of other sites are refused', async () => {
    await checkStatus('GET', '/uploads', 403, { headers: { Host: 'elsewhere.example' } });
    const headers = { Origin: 'http://elsewhere.example' };
    await checkStatus('DELETE', '/uploads/a', 403, { headers });
    await checkStatus('POST', '/upload/a', 403, { headers, body: 'x' });
  }],
  ['an upload is kept under its name, listed, replaced and removed', async () => {
    const name = encodeURIComponent('../a/ä');
    const files = { 'model.json': '{}', 'model.weights.bin': 'old' };
    check((await upload(name, files)).ok, 'it is taken');
    check(await read(`/uploads/${name}/model.weights.bin`) === 'old', 'the weights');
    check((await upload(name, { 'model.json': '[]' })).ok, 'it is replaced');
    check(await read(`/uploads/${name}/model.json`) === '[]', 'the new JSON');
    await checkStatus('GET', `/uploads/${name}/model.weights.bin`, 404);
    const [listed, ...others] = JSON.parse(await read('/uploads'));
    check(listed.name === '../a/ä' && listed.bytes === 2 && others.length === 0, 'the list');
    await checkStatus('DELETE', `/uploads/${name}`, 204);
    await checkStatus('DELETE', `/uploads/${name}`, 404);
    check(await read('/uploads') === '[]', 'the list is empty');
  }],
  ['what is no model is refused, and what was there stays', async () => {
    await upload('a', { 'model.json': 'whole' });
    check((await upload('a', { 'other.json': 'x' })).status === 400, 'no model.json');
    for (const [status, headers] of [
      [400, { 'Content-Type': 'text/plain' }],
      [411, { 'Transfer-Encoding': 'chunked' }],
    ]) {
      await checkStatus('POST', '/upload/a', status, { headers, body: 'x' });
    }
    await checkStatus('POST', '/upload/a', 413, { headers: { 'Content-Length': 2 ** 40 } });
    await checkStatus('POST', `/upload/${'a'.repeat(300)}`, 400, { body: 'x' });
    await checkStatus('PUT', '/upload/a', 405, { body: 'x' });
    check(await read('/uploads/a/model.json') === 'whole', 'the model that was there');
  }],
  ['the command says what is wrong with its port', async () => {
    for (const words of [['no'], ['0'], ['65536'], ['1', '2']]) {
      const { code, said } = await serve(...words);
      check(code === 2 && said.startsWith('usage: serve [PORT]'), `${words}: ${code} ${said}`);
    }
    const other = createServer();
    await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { code, said } = await serve(String(other.address().port));
    other.close();
    check(code === 1 && /is taken|is missing/.test(said), `${code} ${said}`);
  }],
  ['uploads go when the server ends', async () => {
    check(readdirSync(tmpdir()).length === 1, 'they are in a folder');
    await server.close();
    check(readdirSync(tmpdir()).length === 0, 'nothing is left');
    rmdirSync(tmpdir());
  }],
]);
