// Stock TensorFlow.js loads over HTTP what the command saved into a folder, and predicts what the
// golden files say.
import {execFileSync} from 'node:child_process';
import {http, listen, staticFiles, work} from '../http/http.mjs';
import {check, difference, list, path, readNpys, runAll, source, tf} from './stock.mjs';

const zoo = path.join(source, 'tests', 'fixtures', 'zoo');
const seen = [];
const files = staticFiles(work);
const server = await listen(http.createServer((request, response) => {
  seen.push(request);
  if (request.url.startsWith('/guarded') && request.headers['x-key'] !== 'k') {
    response.writeHead(403);
    response.end();
    return;
  }
  request.url = request.url.replace('/guarded', '');
  files(request, response);
}));

function checkPredicts(model, name) {
  const outputs = list(model.predict(readNpys(path.join(zoo, name), 'in')));
  const wanted = readNpys(path.join(zoo, name), 'out');
  check(outputs.length === wanted.length, `${outputs.length} outputs instead of ${wanted.length}`);
  outputs.forEach((output, i) => {
    const wrong = difference(output, wanted[i], 1e-5, 1e-4);
    check(wrong === '', `output ${i}: ${wrong}`);
  });
}

const models = ['residual_conv', 'multi_io', 'lstm_forget'];
const ways = [[], ['--shard-bytes', '1000']];

await runAll(models.flatMap((name) => ways.flatMap((words) => {
  const folder = path.join(work, name + words.length);
  execFileSync(process.env.TFJS, ['cp', ...words, path.join(zoo, name, 'model.json'), folder]);
  const at = `/${path.basename(folder)}/model.json`;
  const how = words.length > 0 ? 'in shards' : 'in one file';
  return [
    [`${name} ${how}`, async () => checkPredicts(await tf.loadLayersModel(`http://${server.at}${at}`), name)],
    [`${name} ${how}, with headers`, async () => {
      seen.length = 0;
      const handler = tf.io.http(`http://${server.at}/guarded${at}`, {requestInit: {headers: {'X-Key': 'k'}}});
      checkPredicts(await tf.loadLayersModel(handler), name);
      check(seen.length >= 2, `${seen.length} requests`);
    }],
  ];
})));
