// http_proxy, https_proxy and no_proxy are honoured.
import * as net from 'node:net';
import {check, checkCopied, copy, http, listen, makeModel, path, runAll, staticFiles, work} from './http.mjs';

const model = makeModel('m', [4000, 4000]);
const server = await listen(http.createServer(staticFiles(work)));
const url = `http://${server.at}/m/model.json`;

const seen = [];
const proxy = await listen(http.createServer((request, response) => {
  seen.push({target: request.url, headers: request.headers});
  const on = http.request(request.url, {method: request.method, headers: request.headers}, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  on.on('error', () => response.destroy());
  request.pipe(on);
}));
proxy.on('connect', (request, socket) => {
  seen.push({target: request.url, headers: request.headers});
  socket.end('HTTP/1.1 403 No\r\n\r\n');
});

let count = 0;
async function load(environment, ...options) {
  seen.length = 0;
  const to = path.join(work, `to${count++}`);
  checkCopied(await copy([...options, url, to], environment), model, to);
}

const closed = await new Promise((resolve) => {
  const unused = net.createServer().listen(0, '127.0.0.1', () => {
    const {port} = unused.address();
    unused.close(() => resolve(`127.0.0.1:${port}`));
  });
});

await runAll([
  ['http_proxy is asked for every file', async () => {
    await load({http_proxy: `http://${proxy.at}`});
    check(seen.length === 3 && seen[0].target === url, JSON.stringify(seen));
  }],
  ['a proxy without scheme is one', async () => {
    await load({http_proxy: proxy.at});
    check(seen.length === 3, `${seen.length} requests`);
  }],
  ['no_proxy goes around it', async () => {
    for (const hosts of ['127.0.0.1', '*', 'example.com,127.0.0.1']) {
      await load({http_proxy: `http://${proxy.at}`, no_proxy: hosts});
      check(seen.length === 0, `${seen.length} requests with no_proxy=${hosts}`);
    }
  }],
  ['https_proxy is not for http', async () => {
    await load({https_proxy: `http://${proxy.at}`});
    check(seen.length === 0, `${seen.length} requests`);
  }],
  ['https goes through CONNECT', async () => {
    seen.length = 0;
    const result = await copy(['--retry', '0', 'https://models.invalid/model.json', '-'], {https_proxy: `http://${proxy.at}`});
    check(result.code === 1 && result.error.startsWith('Unavailable: '), result.error);
    check(seen.length === 1 && seen[0].target === 'models.invalid:443', JSON.stringify(seen));
  }],
  ['a proxy may ask for a password', async () => {
    await load({http_proxy: `http://bob:s3cret@${proxy.at}`});
    const wanted = `Basic ${Buffer.from('bob:s3cret').toString('base64')}`;
    check(seen.every((request) => request.headers['proxy-authorization'] === wanted), JSON.stringify(seen));
  }],
  ['a proxy that is not there is an error without its password', async () => {
    const result = await copy(['--retry', '0', url, '-'], {http_proxy: `http://bob:s3cret@${closed}`});
    check(result.code === 1 && result.error.startsWith('Unavailable: '), result.error);
    check(!result.error.includes('s3cret'), result.error);
  }],
  ['saves go through it', async () => {
    seen.length = 0;
    const result = await copy(['--retry', '0', model, `http://${server.at}/m/none`], {http_proxy: `http://${proxy.at}`});
    check(result.code === 1 && result.error.includes('404'), result.error);
    check(seen.length === 1 && Number(seen[0].headers['content-length']) > 8000, JSON.stringify(seen));
  }],
]);
