// A receiver written in plain Node gets what the library saves over HTTP.
import {check, copy, fs, http, listen, makeModel, path, runAll, weightsOf} from './http.mjs';
import {readMultipart} from './multipart.mjs';

const requests = [];
const server = await listen(http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    requests.push({method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(pieces)});
    response.writeHead(201, {'Content-Type': 'application/json'});
    response.end('{"version":3}');
  });
}));
const url = `http://${server.at}/models/mine?key=a/b`;

/** Saves `folder` and gives what arrived. */
async function save(folder, ...options) {
  requests.length = 0;
  const result = await copy([...options, folder, url]);
  check(result.code === 0, result.error);
  check(requests.length === 1, `${requests.length} requests`);
  return {...requests[0], result};
}

const small = makeModel('small', [4000]);
const sharded = makeModel('sharded', [400000, 4, 99996]);

await runAll([
  ['two named parts with their types arrive', async () => {
    const {method, url: target, headers, body} = await save(small);
    check(method === 'POST' && target === '/models/mine?key=a/b', `${method} ${target}`);
    check(headers['content-length'] === String(body.length), `length ${headers['content-length']} of ${body.length}`);
    check(!('transfer-encoding' in headers) && !('expect' in headers), JSON.stringify(headers));
    const [json, weights, ...more] = readMultipart(headers['content-type'], body);
    check(more.length === 0, `${more.length} more parts`);
    check(json.name === 'model.json' && json.filename === 'model.json', `${json.name} ${json.filename}`);
    check(json.type === 'application/json', json.type);
    check(weights.name === 'model.weights.bin' && weights.filename === 'model.weights.bin', weights.name);
    check(weights.type === 'application/octet-stream', weights.type);
    check(weights.bytes.equals(weightsOf(small)), 'the weights differ');
  }],
  ['the JSON names the weights part and keeps the topology', async () => {
    const {headers, body} = await save(small);
    const [json] = readMultipart(headers['content-type'], body);
    const model = JSON.parse(json.bytes.toString('utf8'));
    check(model.modelTopology.name === 'm\u00f6del', JSON.stringify(model.modelTopology));
    check(model.weightsManifest.length === 1, 'one group');
    check(JSON.stringify(model.weightsManifest[0].paths) === '["./model.weights.bin"]', JSON.stringify(model.weightsManifest));
    check(model.weightsManifest[0].integrity[0].byteLength === 4000, 'byteLength');
  }],
  ['the files of a sharded model become one part', async () => {
    const {headers, body} = await save(sharded);
    const parts = readMultipart(headers['content-type'], body);
    check(parts[1].bytes.equals(weightsOf(sharded)), 'the weights differ');
  }],
  ['PUT and further headers are sent', async () => {
    const {method, headers} = await save(small, '--method', 'PUT', '--header', 'X-Model: mine', '--header',
                                         'Authorization: Bearer t0ken');
    check(method === 'PUT', method);
    check(headers['x-model'] === 'mine' && headers.authorization === 'Bearer t0ken', JSON.stringify(headers));
  }],
  ['the answer is given back', async () => {
    const {result} = await save(small);
    check(JSON.stringify(result.out.responses) === '[{"status":201,"body":"{\\"version\\":3}"}]', JSON.stringify(result.out));
  }],
  ['the multipart reader of Node agrees', async () => {
    const {headers, body} = await save(sharded);
    const form = await new Response(body, {headers: {'Content-Type': headers['content-type']}}).formData();
    check([...form.keys()].join() === 'model.json,model.weights.bin', [...form.keys()].join());
    const weights = Buffer.from(await form.get('model.weights.bin').arrayBuffer());
    check(weights.equals(weightsOf(sharded)), 'the weights differ');
    check(form.get('model.json').type === 'application/json', form.get('model.json').type);
    JSON.parse(await form.get('model.json').text());
  }],
  ['what arrived, stored as two files, is the model', async () => {
    const {headers, body} = await save(sharded);
    const stored = path.join(small, '..', 'stored');
    fs.mkdirSync(stored);
    for (const part of readMultipart(headers['content-type'], body)) fs.writeFileSync(path.join(stored, part.filename), part.bytes);
    const result = await copy([stored, '-']);
    check(result.code === 0, result.error);
    check(weightsOf(stored).equals(weightsOf(sharded)), 'the weights differ');
  }],
]);
