// `tfjs cp` of every zoo model: stock TensorFlow.js loads the copy and predicts what the golden
// files say; the topology is the source's, byte for byte, and so are the weight bytes.
import {execFileSync} from 'node:child_process';
import * as os from 'node:os';
import {check, difference, folderHandler, fs, list, path, readJson, readNpys, runAll, source, tf} from './stock.mjs';

const zoo = path.join(source, 'tests', 'fixtures', 'zoo');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tfjs-copies-'));
process.on('exit', () => fs.rmSync(folder, {recursive: true, force: true}));

const weightBytes = (at) => Buffer.concat(readJson(at, 'model.json').weightsManifest.flatMap((group) => group.paths)
    .map((file) => fs.readFileSync(path.join(at, file))));

/** The models of the zoo that stock loads: [folder, case.json]. */
function cases() {
  const named = (folder) => fs.readdirSync(path.join(zoo, folder)).map((name) => path.join(folder, name))
      .filter((name) => fs.existsSync(path.join(zoo, name, 'case.json')))
      .map((name) => [name, readJson(zoo, name, 'case.json')]);
  const files = named('io').filter(([, json]) => json.kind === 'layers-model' && json.expect === 'ok' && json.stock === 'ok');
  return [...named(''), ...files];
}

async function predictsAsBefore(name, json, copy) {
  const model = await tf.loadLayersModel(folderHandler(copy), json.loadOptions);
  const at = path.join(zoo, name);
  const inputs = readNpys(at, 'in');
  const wanted = readNpys(at, json.kind === 'train' ? 'pred1_' : 'out');
  const outputs = json.predict_calls ?
      Array.from({length: json.predict_calls}, () => list(model.predict(inputs, {batchSize: inputs[0].shape[0]}))[0]) :
      list(model.predict(inputs));
  check(outputs.length === wanted.length, `${outputs.length} outputs instead of ${wanted.length}`);
  outputs.forEach((output, i) => {
    const wrong = difference(output, wanted[i], json.atol, json.rtol);
    check(wrong === '', `output ${i}: ${wrong}`);
  });
}

await runAll(cases().map(([name, json]) => [name, async () => {
  const copy = path.join(folder, name);
  execFileSync(process.env.TFJS, ['cp', path.join(zoo, name, 'model.json'), copy]);
  const before = readJson(zoo, name, 'model.json');
  const after = readJson(copy, 'model.json');
  check(JSON.stringify(after.modelTopology) === JSON.stringify(before.modelTopology), 'the topology differs');
  const text = fs.readFileSync(path.join(copy, 'model.json'), 'utf8');
  check(text.includes(JSON.stringify(before.modelTopology)), 'the topology is not written as JSON.stringify does');
  for (const key of Object.keys(before).filter((key) => key !== 'weightsManifest')) {
    check(JSON.stringify(after[key]) === JSON.stringify(before[key]), `the field ${key} differs`);
  }
  check(weightBytes(copy).equals(weightBytes(path.join(zoo, name))), 'the weight bytes differ');
  if (json.stock_can_predict !== false) await predictsAsBefore(name, json, copy);
}]));
