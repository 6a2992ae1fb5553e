// Models built and saved in C++ (own_models.cc) load in stock TensorFlow.js, with the same weight
// names and predictions; and stock writes the same topology for the same model, byte for byte.
import {execFileSync} from 'node:child_process';
import * as os from 'node:os';
import {check, difference, folderHandler, fs, list, path, readJson, readNpys, runAll, tf} from './stock.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tfjs-own-'));
process.on('exit', () => fs.rmSync(folder, {recursive: true, force: true}));
execFileSync(path.join(process.env.TFJS_BIN_DIR, 'stock_own_models'), [folder], {stdio: 'inherit'});

// The models of own_models.cc, in the same order: names come from counters.
function smallSequential() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [8, 8, 2]}));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.maxPooling2d({poolSize: 2}));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({units: 16, activation: 'relu', kernelInitializer: 'heNormal'}));
  model.add(tf.layers.dropout({rate: 0.5}));
  model.add(tf.layers.dense({units: 3, activation: 'softmax'}));
  return model;
}

function sharedLayers() {
  const encoder = tf.sequential({name: 'encoder'});
  encoder.add(tf.layers.dense({units: 5, activation: 'tanh', inputShape: [6]}));
  encoder.add(tf.layers.dense({units: 4}));
  const shared = tf.layers.dense({units: 4, activation: 'sigmoid', name: 'shared'});
  const x = tf.input({shape: [6]});
  const code = encoder.apply(x);
  const once = shared.apply(code);
  const twice = shared.apply(once);
  const sum = tf.layers.add().apply([once, twice, code]);
  const left = tf.layers.dense({units: 2, name: 'left'}).apply(sum);
  const right = tf.layers.dense({units: 1, useBias: false, name: 'right'}).apply(twice);
  return tf.model({inputs: x, outputs: [left, right]});
}

function recurrent() {
  const model = tf.sequential({name: 'text'});
  model.add(tf.layers.embedding({inputDim: 12, outputDim: 4, maskZero: true, inputLength: 5}));
  model.add(tf.layers.bidirectional({layer: tf.layers.lstm({units: 3}), mergeMode: 'concat'}));
  model.add(tf.layers.dense({units: 1, activation: 'sigmoid'}));
  return model;
}

const builders = {sequential: smallSequential, shared: sharedLayers, recurrent};
// Built first, so that the counters of names begin at 1 as they do in the C++ program.
const built = Object.entries(builders).map(([name, build]) => [name, build()]);

await runAll(built.flatMap(([name, own]) => {
  const at = path.join(folder, name);
  return [
    [`${name}: the topology is the one stock writes`, async () => {
      const text = JSON.stringify(readJson(at, 'model.json').modelTopology);
      const stock = own.toJSON();
      check(text === stock, `C++ wrote\n  ${text}\nstock writes\n  ${stock}`);
    }],
    [`${name}: weight names are those stock gives`, async () => {
      const names = readJson(at, 'weights.json');
      const manifest = readJson(at, 'model.json').weightsManifest.flatMap((g) => g.weights.map((w) => w.name));
      const stock = own.getNamedWeights ? own.getNamedWeights().map((w) => w.name) : own.weights.map((w) => w.originalName);
      check(JSON.stringify(names) === JSON.stringify(stock), `C++ ${names}\nstock ${stock}`);
      check(JSON.stringify(names) === JSON.stringify(manifest), `manifest has ${manifest}`);
    }],
    [`${name}: loads in stock and predicts the same`, async () => {
      const model = await tf.loadLayersModel(folderHandler(at));
      const outputs = list(model.predict(readNpys(at, 'in')));
      const wanted = readNpys(at, 'out');
      check(outputs.length === wanted.length, `${outputs.length} outputs instead of ${wanted.length}`);
      outputs.forEach((output, i) => {
        const wrong = difference(output, wanted[i], 1e-6, 1e-5);
        check(wrong === '', `output ${i}: ${wrong}`);
      });
    }],
  ];
}));
