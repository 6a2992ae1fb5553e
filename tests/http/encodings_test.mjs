// Files that a server compresses as it sends them.
import * as zlib from 'node:zlib';
import {check, checkCopied, copy, http, listen, makeModel, path, runAll, staticFiles, work} from './http.mjs';

const packers = {gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync};
const accepted = [];
let coding = '';
const server = await listen(http.createServer(staticFiles(work, (request, bytes, headers) => {
  accepted.push(request.headers['accept-encoding'] ?? '');
  headers['Content-Encoding'] = coding;
  return packers[coding](bytes);
})));

const models = {
  'with integrity': makeModel('checked', [40000, 120000, 8]),
  'without integrity': makeModel('unchecked', [40000, 120000, 8], {integrity: false}),
};

await runAll(Object.keys(packers).flatMap((name) => Object.entries(models).map(([kind, folder]) => [
  `${name} ${kind}`, async () => {
    coding = name;
    accepted.length = 0;
    const to = path.join(work, `${name}-${path.basename(folder)}`);
    checkCopied(await copy([`http://${server.at}/${path.basename(folder)}/model.json`, to]), folder, to);
    check(accepted.length === 4, `${accepted.length} requests`);
    check(accepted.every((value) => value.includes(name)), accepted.join(' | '));
  }])));
