// https:// with a certificate that nobody knows: refused, unless the user says otherwise.
import {execFileSync, spawnSync} from 'node:child_process';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import {check, checkCopied, copy, fs, http, listen, makeModel, path, runAll, staticFiles, work} from './http.mjs';

if (spawnSync('openssl', ['version']).status !== 0) {
  console.log('skipped: there is no openssl command to make a certificate with');
  process.exit(77);
}

/** A self-signed certificate for `names`: {key, cert, file}. */
function certificate(name, names) {
  const [key, file] = ['key', 'cert'].map((kind) => path.join(work, `${name}.${kind}.pem`));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test', '-addext',
                           `subjectAltName=${names}`, '-keyout', key, '-out', file], {stdio: 'ignore'});
  return {key: fs.readFileSync(key), cert: fs.readFileSync(file), file};
}

const here = certificate('here', 'IP:127.0.0.1');
const elsewhere = certificate('elsewhere', 'DNS:elsewhere.example');
const model = makeModel('m', [40000, 4000]);
const requests = [];
const files = staticFiles(work, (request, bytes) => {
  requests.push(request);
  return bytes;
});
const server = await listen(https.createServer(here, files));
const wrongName = await listen(https.createServer(elsewhere, files));
const modern = await listen(http2.createSecureServer({...here, allowHTTP1: true}, files));
const plain = await listen(http.createServer(files));
const url = (of) => `https://${of.at}/m/model.json`;
let count = 0;
const target = () => path.join(work, `to${count++}`);

/** Fails as Unavailable with a message that says the URL and `text`. */
function checkRefused(result, of, text) {
  check(result.code === 1, 'it was accepted');
  check(result.error.startsWith('Unavailable: '), result.error);
  check(result.error.includes(of.at) && text.test(result.error), result.error);
}

await runAll([
  ['is refused by default', async () => {
    requests.length = 0;
    checkRefused(await copy(['--retry', '0', url(server), '-']), server, /certificate/i);
    check(requests.length === 0, 'a request was sent');
  }],
  ['is accepted with its file', async () => {
    const to = target();
    checkCopied(await copy(['--ca-file', here.file, url(server), to]), model, to);
  }],
  ['is accepted when nothing is verified', async () => {
    const to = target();
    checkCopied(await copy(['--insecure', 'yes', url(server), to]), model, to);
  }],
  ['of another name is refused though it is known', async () => {
    checkRefused(await copy(['--retry', '0', '--ca-file', elsewhere.file, url(wrongName), '-']), wrongName, /certificate|name/i);
  }],
  ['a file of certificates that is not there is an error', async () => {
    const result = await copy(['--retry', '0', '--ca-file', path.join(work, 'none.pem'), url(server), '-']);
    check(result.code === 1 && result.error.includes('none.pem'), result.error);
  }],
  ['HTTP/2 is spoken where it is offered', async () => {
    requests.length = 0;
    const to = target();
    checkCopied(await copy(['--ca-file', here.file, url(modern), to]), model, to);
    check(requests.length === 3 && requests.every((r) => r.httpVersion === '2.0'), requests.map((r) => r.httpVersion).join());
  }],
  ['saving over HTTP/2 sends the whole body', async () => {
    let body = 0, headers;
    const receiver = await listen(http2.createSecureServer({...here, allowHTTP1: true}, (request, response) => {
      headers = request.headers;
      request.on('data', (piece) => body += piece.length);
      request.on('end', () => response.end('ok'));
    }));
    checkCopied(await copy(['--ca-file', here.file, model, `https://${receiver.at}/up`]));
    check(Number(headers['content-length']) === body && body > 44000, `${headers['content-length']} of ${body}`);
    receiver.close();
  }],
  ['saving is refused as well', async () => {
    checkRefused(await copy(['--retry', '0', model, `https://${server.at}/up`]), server, /certificate/i);
  }],
  ['secrets do not go on to plain http', async () => {
    const downgrade = await listen(https.createServer(here, (request, response) => {
      response.writeHead(302, {Location: `http://${plain.at}${request.url}`});
      response.end();
    }));
    requests.length = 0;
    const to = target();
    checkCopied(await copy(['--ca-file', here.file, '--header', 'Authorization: Bearer s3cret', url(downgrade), to]), model, to);
    check(requests.length === 3 && requests.every((r) => !r.headers.authorization), 'the token was sent');
    downgrade.close();
  }],
  ['a server that speaks no TLS is an error', async () => {
    checkRefused(await copy(['--retry', '0', url(plain), '-']), plain, /./);
  }],
]);
