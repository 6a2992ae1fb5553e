// The page's web server, on loopback only:
//
//   /                           leads to the page
//   /examples/browser/..., /web/src/..., /web/dist/...    files, nothing else of the repository
//   POST /upload/NAME           receives a model as tf.io.http sends it
//   /uploads                    JSON: [{name, dateSaved, bytes}]
//   /uploads/NAME/FILE          a file of a received model; DELETE /uploads/NAME removes it
//
// A page of another site can send requests to this machine as well, so those with a foreign Host or
// Origin are refused.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { findFile } from './files.mjs';
import { Uploads } from './uploads.mjs';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

const folders = ['examples/browser', 'web/src', 'web/dist'];
const home = '/examples/browser/index.html';

/** Models may come from any server the person names; code and styles come from here alone. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'connect-src http: https: data: blob:',
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const fixedHeaders = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': policy,
  // With these two the page is isolated, and computes with threads.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function send(response, status, body = '', type = 'text/plain; charset=utf-8', headers = {}) {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...fixedHeaders,
    'Content-Type': type,
    'Content-Length': bytes.length,
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Whether a request comes from the page itself, or from no page at all. */
function isOurs({ headers }) {
  const host = headers.host ?? '';
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

async function sendFile(response, path) {
  const found = await findFile(repository, folders, path);
  if (found) send(response, 200, found.bytes, found.type);
  else send(response, 404, `there is nothing at ${path}\n`);
}

async function answerUploads(uploads, request, response, name, file) {
  if (name === undefined) return send(response, 200, await uploads.listJson(), 'application/json');
  if (request.method === 'DELETE' && file === undefined) {
    const removed = await uploads.remove(name);
    return removed ? send(response, 204) : send(response, 404, `there is no upload ${name}\n`);
  }
  const found = await uploads.read(name, file);
  if (found) send(response, 200, found.bytes, found.type);
  else send(response, 404, `there is no upload ${name} with a file ${file}\n`);
}

async function answer(uploads, request, response) {
  if (!isOurs(request)) return send(response, 403, 'only the page of this server may ask this\n');
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, first, ...rest] = pathname.split('/').map(decodeURIComponent);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (first === 'upload' && request.method === 'POST' && rest.length <= 1) {
    const saved = await uploads.receive(rest[0] || 'model', request);
    return send(response, 200, JSON.stringify(saved), 'application/json');
  }
  if (first === 'uploads' && rest.length <= 2 && (isRead || request.method === 'DELETE')) {
    return answerUploads(uploads, request, response, ...rest);
  }
  if (!isRead) {
    return send(response, 405, 'this cannot be done here\n', undefined, { Allow: 'GET' });
  }
  if (pathname === '/' || pathname === '/examples/browser/') {
    return send(response, 302, '', undefined, { Location: home });
  }
  return sendFile(response, decodeURIComponent(pathname));
}

/** @param {number} port 0 takes a free one @return {Promise<{origin: string, close(): Promise}>} */
export async function startServer(port) {
  const uploads = new Uploads();
  const server = createServer((request, response) => {
    answer(uploads, request, response).catch((error) => {
      if (response.headersSent) return response.destroy();
      const status = error instanceof URIError ? 400 : error.status ?? 500;
      request.resume(); // a client that still sends would not read the answer
      send(response, status, `${error.message}\n`, undefined, { Connection: 'close' });
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://localhost:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await uploads.removeAll();
    },
  };
}
