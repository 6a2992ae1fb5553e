// Loading takes the memory of the weights and little more, saving no more than 64 MiB above them.
import {check, copy, http, listen, makeModel, path, runAll, staticFiles, work} from './http.mjs';

const mib = 1 << 20;
const tiny = makeModel('tiny', [4000]);
const whole = makeModel('whole', [96 * mib]);
const sharded = makeModel('sharded', Array(24).fill(4 * mib), {integrity: false});
const server = await listen(http.createServer((request, response) => {
  if (request.method === 'GET') {
    staticFiles(work)(request, response);
  } else {
    request.on('data', () => {});
    request.on('end', () => response.end('ok'));
  }
}));

async function peak(...words) {
  const result = await copy(words);
  check(result.code === 0, result.error);
  return result.out.peak_kib / 1024;
}
const load = (folder) => peak(`http://${server.at}/${path.basename(folder)}/model.json`, '-');
const save = (folder) => peak(folder, `http://${server.at}/up`);

await runAll([
  ...[whole, sharded].map((folder) => [`loading ${path.basename(folder)}`, async () => {
    const above = await load(folder) - await load(tiny);
    check(above > 90, `only ${above.toFixed(1)} MiB: were the weights loaded?`);
    check(above < 96 * 1.15, `${above.toFixed(1)} MiB for 96 MiB of weights`);
  }]),
  ...[whole, sharded].map((folder) => [`saving ${path.basename(folder)}`, async () => {
    const above = await save(folder) - await save(tiny);
    check(above < 96 + 64, `${above.toFixed(1)} MiB for 96 MiB of weights`);
  }]),
]);
