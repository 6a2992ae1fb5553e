// What the HTTP tests share: a folder that vanishes, models written by hand, servers, and the
// library's end, http_copy.
import {spawn} from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import {check, runAll} from '../run_all.mjs';

export {check, crypto, fs, http, os, path, runAll};

export const work = fs.mkdtempSync(path.join(os.tmpdir(), 'tfjs-http-'));
process.on('exit', () => fs.rmSync(work, {recursive: true, force: true}));

/** Writes a model of random weights, `sizes` being the bytes of its files, into a new folder. */
export function makeModel(name, sizes, {integrity = true} = {}) {
  const folder = path.join(work, name);
  fs.mkdirSync(folder, {recursive: true});
  const files = sizes.map((size, i) => {
    const bytes = crypto.randomBytes(size);
    fs.writeFileSync(path.join(folder, `w${i}.bin`), bytes);
    return {byteLength: size, sha256: crypto.createHash('sha256').update(bytes).digest('hex')};
  });
  const total = sizes.reduce((a, b) => a + b, 0);
  const group = {paths: sizes.map((_, i) => `w${i}.bin`), weights: [{name: 'w', shape: [total / 4], dtype: 'float32'}]};
  if (integrity) group.integrity = files;
  fs.writeFileSync(path.join(folder, 'model.json'),
                   JSON.stringify({modelTopology: {class_name: 'Sequential', name: 'm\u00f6del'}, weightsManifest: [group]}));
  return folder;
}

/** The weight bytes of a model folder. */
export function weightsOf(folder) {
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'model.json'), 'utf8'));
  return Buffer.concat(json.weightsManifest.flatMap((group) => group.paths)
                           .map((file) => fs.readFileSync(path.join(folder, file))));
}

/** Runs http_copy with `words`: {code, out (its JSON), error}. */
export function copy(words, environment = {}) {
  const program = path.join(process.env.TFJS_BIN_DIR, 'http_copy');
  if (!fs.existsSync(program)) {
    console.log('skipped: the library was built without HTTP (TFJS_WITH_CURL)');
    process.exit(77);
  }
  const clean = {...process.env};
  for (const name of Object.keys(clean)) if (/_proxy$/i.test(name)) delete clean[name];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words,
                        {env: {...clean, ...environment}, stdio: ['ignore', 'pipe', 'pipe']});
    let out = '', error = '';
    child.stdout.on('data', (text) => out += text);
    child.stderr.on('data', (text) => error += text);
    child.on('error', reject);
    child.on('close', (code) => resolve({code, error, out: code === 0 ? JSON.parse(out) : null}));
  });
}

export function checkCopied(result, folder, copyFolder) {
  check(result.code === 0, result.error);
  if (copyFolder) check(weightsOf(copyFolder).equals(weightsOf(folder)), 'the weights differ');
}

/** Listens on a port of its own; the address is server.at, e.g. "127.0.0.1:8000". */
export async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.at = `127.0.0.1:${server.address().port}`;
  process.on('exit', () => server.close());
  return server;
}

/** A request listener that serves the files of `root`; `change(request, bytes, headers)` gives the bytes to send. */
export function staticFiles(root, change = (request, bytes) => bytes) {
  return (request, response) => {
    const file = path.join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!file.startsWith(root + path.sep) || !fs.existsSync(file)) {
      response.writeHead(404);
      response.end('nothing here\n');
      return;
    }
    const headers = {};
    const bytes = change(request, fs.readFileSync(file), headers);
    response.writeHead(200, {...headers, 'Content-Length': bytes.length});
    response.end(bytes);
  };
}
