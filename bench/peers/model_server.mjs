// An HTTP server for the comparison: serves a folder's files and swallows what is posted to it.
// usage: node model_server.mjs FOLDER; prints its port, ends with its standard input.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const folder = process.argv[2];
const server = http.createServer((request, response) => {
  if (request.method !== 'GET') {
    request.resume();
    request.on('end', () => response.end('saved'));
    return;
  }
  const file = path.join(folder, path.basename(request.url.split('?')[0]));
  response.writeHead(200, {'Content-Length': fs.statSync(file).size});
  fs.createReadStream(file, {highWaterMark: 1 << 20}).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
