// Random models, each built by stock TensorFlow.js (random/models.mjs). For each:
//   - `tfjs predict` gives what stock gives for the saved model, with one thread and two, in
//     batches of an odd size;
//   - `tfjs cp` keeps topology text and weight bytes;
//   - loaded in C++ and described anew, the topology is what stock writes after loading, and
//     stock predicts the same with it;
//   - built in C++ from the same layers, the topology is the one stock writes, but for the numbers
//     in names, which count all layers a process makes;
//   - told again as Python's converter writes models of Keras 2 or 3 (random/keras.mjs), `tfjs
//     predict` still gives the same, and so does stock for Keras 2.
// What stock cannot save, load or run itself says nothing and is left out.
//
//   node random_models_test.mjs [FIRST [COUNT]]       more seeds than the default
import {execFileSync} from 'node:child_process';
import * as os from 'node:os';
import {Draw} from './random/draw.mjs';
import {asKeras} from './random/keras.mjs';
import {randomModel} from './random/models.mjs';
import {check, difference, folderHandler, fs, list, path, readJson, readNpys, runAll, savingTo, tf, writeNpy} from './stock.mjs';

const [first, count] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 250)];
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tfjs-random-'));
const keep = process.env.TFJS_KEEP !== undefined;
if (!keep) process.on('exit', () => fs.rmSync(root, {recursive: true, force: true}));
console.warn = () => {};  // stock says much that is no failure

const tensorOf = (draw, shape, value) => tf.tensor(Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, value), shape);

/** Weights of a size that keeps what flows through the model near 1. */
function giveWeights(model, draw) {
  model.setWeights(model.weights.map((weight) => {
    const shape = weight.shape;
    const spread = Math.sqrt(Math.max(1, shape.slice(0, -1).reduce((a, b) => a * b, 1)));
    if (/moving_variance|gamma/.test(weight.originalName)) return tensorOf(draw, shape, () => draw.real(0.5, 1.5));
    return tensorOf(draw, shape, () => draw.normal() / spread + draw.real(-0.1, 0.1));
  }));
}

function inputFor(input, words, draw, batch, time) {
  const shape = input.shape.map((dim, i) => dim ?? (i === 0 ? batch : time));
  if (words !== undefined) return tensorOf(draw, shape, () => (draw.chance(0.3) ? 0 : draw.int(0, words - 1))).cast(input.dtype);
  const x = tensorOf(draw, shape, () => draw.normal());
  // Whole time steps of zeros, for masks.
  if (shape.length !== 3 || draw.chance(0.6)) return x;
  return x.mul(tensorOf(draw, [shape[0], shape[1], 1], () => Number(draw.chance(0.7))));
}

/** The model of `folder` as Keras has it, in files of a third of the bytes, at folder/keras. */
function writeKeras(folder, style) {
  const {weights, ...fields} = asKeras(readJson(folder, 'model.json'), style);
  const bytes = weightBytes(folder);
  const size = Math.max(1, Math.ceil(bytes.length / 3));
  const count = Math.max(1, Math.ceil(bytes.length / size));
  const paths = Array.from({length: count}, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const at = path.join(folder, 'keras');
  fs.mkdirSync(at);
  paths.forEach((file, i) => fs.writeFileSync(path.join(at, file), bytes.subarray(i * size, (i + 1) * size)));
  fs.writeFileSync(path.join(at, 'model.json'), JSON.stringify({...fields, weightsManifest: [{paths, weights}]}));
}

/** Builds and saves the model of a seed; what to compare with, or undefined where stock itself fails. */
async function prepare(seed) {
  const draw = new Draw(seed);
  const folder = path.join(root, String(seed));
  try {
    const {model, recipe, kind} = randomModel(draw);
    giveWeights(model, draw);
    await model.save(savingTo(folder));
    const loaded = await tf.loadLayersModel(folderHandler(folder));
    const small = loaded.countParams() < 3000;
    const batch = draw.pick(small ? [1, 2, 3, 5, 7, 33] : [1, 2, 3, 5]);
    const time = draw.int(1, 7);
    const words = recipe.words ?? recipe.inputs?.[0].words;
    const inputs = loaded.inputs.map((input) => inputFor(input, words, draw, batch, time));
    inputs.forEach((input, i) => writeNpy(path.join(folder, `in${i}.npy`), input));
    fs.writeFileSync(path.join(folder, 'recipe.json'), JSON.stringify(recipe));
    const outputs = list(loaded.predict(inputs));
    const keras3 = seed % 2 === 0;
    writeKeras(folder, {keras3, wraps: draw.chance(0.5), short: draw.chance(0.3)});
    return {seed, kind, folder, keras3, model, loaded, inputs, outputs, stateful: loaded.stateful || kind === 'stateful'};
  } catch (error) {
    fs.rmSync(folder, {recursive: true, force: true});
    return {seed, failure: error.message.split('\n')[0]};
  }
}

const runs = {one: ['--threads', '1'], two: ['--threads', '2', '--batch-size', '3']};

/** One shell for all commands: a process of Node is slow to fork. */
function runCommands(cases) {
  const quote = (text) => `'${text}'`;
  const lines = cases.flatMap(({folder, inputs, stateful}) => {
    const given = inputs.map((_, i) => `--input ${quote(path.join(folder, `in${i}.npy`))}`).join(' ');
    const predict = Object.entries(runs).map(([name, options]) => `"$TFJS" predict ${quote(folder)} ${given} --output-dir ` +
        `${quote(path.join(folder, name))} ${(stateful ? options.slice(0, 2) : options).join(' ')} >/dev/null 2>>${quote(path.join(folder, 'error.txt'))}`);
    predict.push(predict[0].replace(quote(folder), quote(path.join(folder, 'keras')))
        .replace(quote(path.join(folder, 'one')), quote(path.join(folder, 'keras', 'out'))));
    return [...predict, `"$TFJS" cp ${quote(folder)} ${quote(path.join(folder, 'copy'))} >/dev/null 2>>${quote(path.join(folder, 'error.txt'))}`];
  });
  const script = path.join(root, 'commands.sh');
  fs.writeFileSync(script, lines.join('\n') + '\ntrue\n');
  execFileSync('sh', [script], {stdio: 'inherit'});
  const names = path.join(root, 'folders.txt');
  fs.writeFileSync(names, cases.map(({folder}) => folder + '\n').join(''));
  execFileSync(path.join(process.env.TFJS_BIN_DIR, 'stock_rebuilt_models'), [names], {stdio: 'inherit'});
}

function compare(got, wanted, what) {
  check(got.length === wanted.length, `${what}: ${got.length} outputs instead of ${wanted.length}`);
  got.forEach((output, i) => {
    const wrong = difference(output, wanted[i], 1e-4, 1e-4, 1e-6);
    check(wrong === '', `${what}: output ${i} [${wanted[i].shape}]: ${wrong}`);
  });
}

const topology = (folder) => JSON.stringify(readJson(folder, 'model.json').modelTopology);
const weightBytes = (folder) => fs.readFileSync(path.join(folder, 'model.weights.bin'));

/** Names that were given by counting, counted anew. */
function recounted(text) {
  const seen = new Map();
  return text.replace(/(\w*_[A-Z]\w*?|input|model|sequential_)(\d+)(?=["_])/g, (whole, prefix, number) => {
    if (!seen.has(prefix)) seen.set(prefix, new Map());
    const numbers = seen.get(prefix);
    if (!numbers.has(number)) numbers.set(number, numbers.size + 1);
    return prefix + numbers.get(number);
  });
}

function checkText(got, wanted, what) {
  if (got === wanted) return;
  let i = 0;
  while (got[i] === wanted[i]) ++i;
  throw new Error(`${what}: ...${got.slice(Math.max(0, i - 60), i + 80)}\n    instead of ...${wanted.slice(Math.max(0, i - 60), i + 80)}`);
}

async function compareWithStock({folder, keras3, model, loaded, inputs, outputs}) {
  for (const file of ['error.txt', 'rebuilt.txt'].map((name) => path.join(folder, name))) {
    if (fs.existsSync(file)) check(fs.statSync(file).size === 0, fs.readFileSync(file, 'utf8'));
  }
  for (const run of Object.keys(runs)) compare(readNpys(path.join(folder, run), 'out'), outputs, run);

  const copy = path.join(folder, 'copy');
  checkText(topology(copy), topology(folder), 'the copy\'s topology');
  check(fs.readFileSync(path.join(copy, 'model.json'), 'utf8').includes(topology(folder)), 'the copy is not what JSON.stringify writes');
  check(weightBytes(copy).equals(weightBytes(folder)), 'the weight bytes of the copy differ');

  const again = path.join(folder, 'loaded');
  // Names are there, but stock forgets those of StackedRNNCells.
  checkText(recounted(topology(again)), recounted(loaded.toJSON()), 'described anew');
  check(fs.readFileSync(path.join(again, 'model.json'), 'utf8').includes(topology(again)), 'not what JSON.stringify writes');
  const own = await tf.loadLayersModel(folderHandler(again));
  const written = tf.tensor(new Float32Array(new Uint8Array(weightBytes(again)).buffer));
  const weights = loaded.getWeights().map((weight) => weight.flatten());
  if (weights.length > 0) compare([written], [tf.concat(weights)], 'weights described anew');
  // A constraint that goes half the way each time gives other weights each time they are loaded.
  if (!topology(again).includes('"rate":0.5')) compare(list(own.predict(inputs)), outputs, 'described anew, in stock');
  own.dispose();

  const keras = path.join(folder, 'keras');
  compare(readNpys(path.join(keras, 'out'), 'out'), outputs, 'from Keras');
  if (!keras3) {
    const stock = await tf.loadLayersModel(folderHandler(keras));
    compare(list(stock.predict(inputs)), outputs, 'from Keras, in stock');
    stock.dispose();
  }

  checkText(recounted(topology(path.join(folder, 'built'))), recounted(model.toJSON()), 'built in C++');
  model.dispose();
  loaded.dispose();
}

const prepared = [];
for (let seed = first; seed < first + count; ++seed) prepared.push(await prepare(seed));
const cases = prepared.filter(({failure}) => failure === undefined);
if (process.env.TFJS_SHOW_FAILURES) prepared.filter((c) => c.failure).forEach((c) => console.log(`stock fails: ${c.seed} ${c.failure}`));
runCommands(cases);
console.log(`${count - cases.length} of ${count} left out`);
await runAll(cases.map((one) => [`seed ${one.seed} (${one.kind})`, () => compareWithStock(one)]));
