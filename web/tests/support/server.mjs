// The web server of the browser tests, on loopback: the files of this repository, a receiver of
// saved models, and answers that fail when a test asks for it. It is the browsers' proxy as well,
// so that pages can use names such as http://model-server.domain/.
//
//   /page?csp&isolated     an empty page; with `csp` under a strict Content-Security-Policy, with
//                          `isolated` under the headers that make it crossOriginIsolated
//   /upload[/NAME]         POST or PUT of multipart/form-data; what came is then at
//   /models/NAME/FILE      (NAME is `model` by default), and of `model` also at
//   /download/FILE
//   /PATH                  a file of the repository, or of a folder that was mounted

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMultipart } from '../../../tests/http/multipart.mjs';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

const types = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

export const strictPolicy = "script-src 'self' 'wasm-unsafe-eval'";

const page = `<!doctype html>
<meta charset="utf-8">
<title>tfjs-cpp</title>
<link rel="icon" href="data:,">
<script src="/web/tests/support/page_problems.js"></script>
`;

const anyOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': '*',
  'Access-Control-Allow-Headers': '*',
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

class Server {
  /** Models that came, by name: {method, headers, parts, files: Map of name to bytes}. */
  models = new Map();
  /** The last requests: [{method, url}]. */
  requests = [];
  #mounts = [['/', repository]];
  #faults = [];
  #http = createServer((request, response) => {
    this.#answer(request, response).catch((error) => {
      if (response.headersSent) return response.destroy();
      this.#send(response, 500, { 'Content-Type': 'text/plain' }, `${error.message}\n`);
    });
  });

  async start() {
    // Tunnels (https, web sockets) would lead out of this machine.
    this.#http.on('connect', (request, socket) => socket.end('HTTP/1.1 502 No tunnel\r\n\r\n'));
    await new Promise((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    this.host = '127.0.0.1';
    this.port = this.#http.address().port;
    this.origin = `http://${this.host}:${this.port}`;
    return this;
  }

  close() {
    this.#http.closeAllConnections();
    return new Promise((resolve) => this.#http.close(resolve));
  }

  /** Serves `folder` under `prefix`, which begins and ends with a slash. */
  mount(prefix, folder) {
    this.#mounts.unshift([prefix, folder]);
  }

  /**
   * Spoils the answers to a path, until the test is over (see `heal`).
   * @param {string} path
   * @param {{status?, body?, headers?, delayMs?, cutAt?, times?}} how `cutAt` drops the connection
   *     after as many bytes
   */
  spoil(path, how) {
    this.#faults.push({ path, times: Infinity, ...how });
  }

  /** Forgets spoiled answers, requests and models. */
  heal() {
    this.#faults = [];
    this.requests = [];
    this.models.clear();
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.origin);
    const path = decodeURIComponent(url.pathname);
    this.requests.push({ method: request.method, url: url.href });
    if (request.method === 'OPTIONS') return this.#send(response, 204, anyOrigin, '');

    const fault = this.#faults.find((each) => each.path === path && each.times > 0);
    if (fault) {
      --fault.times;
      if (fault.delayMs) await pause(fault.delayMs);
      if (fault.status !== undefined) {
        await bodyOf(request);
        const headers = { 'Content-Type': 'text/plain', ...anyOrigin, ...fault.headers };
        return this.#send(response, fault.status, headers, fault.body ?? `spoiled: ${path}\n`);
      }
    }
    if (path === '/upload' || path.startsWith('/upload/')) {
      return this.#receive(path.slice('/upload/'.length) || 'model', request, response);
    }
    const found = await this.#find(path, url);
    if (found === undefined) {
      const headers = { 'Content-Type': 'text/plain', ...anyOrigin };
      return this.#send(response, 404, headers, `nothing at ${path}\n`);
    }
    const headers = { ...anyOrigin, ...found.headers };
    if (fault?.cutAt !== undefined) return cut(response, headers, found.bytes, fault.cutAt);
    return this.#send(response, 200, headers, found.bytes);
  }

  #send(response, status, headers, body) {
    const bytes = Buffer.from(body);
    response.writeHead(status, {
      'Cache-Control': 'no-store',
      ...headers,
      ...(status !== 204 && { 'Content-Length': bytes.length }),
    });
    response.end(bytes);
  }

  async #receive(name, request, response) {
    const parts = readMultipart(request.headers['content-type'] ?? '', await bodyOf(request));
    const files = new Map(parts.map((part) => [part.filename, part.bytes]));
    this.models.set(name, { method: request.method, headers: request.headers, parts, files });
    const headers = { 'Content-Type': 'application/json', ...anyOrigin };
    const kept = Object.fromEntries(parts.map((part) => [part.name, part.bytes.length]));
    this.#send(response, 200, headers, JSON.stringify({ name, kept }));
  }

  /** {bytes, headers} of what is at a path, if anything. */
  async #find(path, url) {
    if (path === '/page') {
      const headers = { 'Content-Type': types['.html'] };
      if (url.searchParams.has('csp')) headers['Content-Security-Policy'] = strictPolicy;
      if (url.searchParams.has('isolated')) {
        headers['Cross-Origin-Opener-Policy'] = 'same-origin';
        headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
      }
      return { bytes: page, headers };
    }
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' };
    const stored = /^\/(?:models\/(.+)|download)\/([^/]+)$/.exec(path);
    if (stored) {
      const bytes = this.models.get(stored[1] ?? 'model')?.files.get(stored[2]);
      return bytes && { bytes, headers };
    }
    const [prefix, folder] = this.#mounts.find(([start]) => path.startsWith(start));
    const file = normalize(join(folder, path.slice(prefix.length)));
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
    // Workers take their policies from their own script's answer; those of an isolated page must have this one.
    if (extname(path) === '.js') headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
    if (url.searchParams.has('csp')) headers['Content-Security-Policy'] = strictPolicy;
    try {
      return { bytes: await readFile(file), headers };
    } catch (error) {
      if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code)) return undefined;
      throw error;
    }
  }
}

/** Promises all the bytes, sends `length` of them and drops the connection. */
function cut(response, headers, bytes, length) {
  response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, length), () => response.destroy());
}

export const startServer = () => new Server().start();
