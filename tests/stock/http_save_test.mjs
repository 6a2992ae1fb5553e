// What stock TensorFlow.js sends with `model.save('http://...')` is read, stored and loaded again by
// the library: http_receiver stores each model it is sent.
import {spawn} from 'node:child_process';
import {work} from '../http/http.mjs';
import {check, folderHandler, path, readJson, runAll, tf} from './stock.mjs';

const receiver = spawn(path.join(process.env.TFJS_BIN_DIR, 'http_receiver'), [work], {stdio: ['pipe', 'pipe', 'inherit']});
const url = await new Promise((resolve, reject) => {
  receiver.stdout.once('data', (text) => resolve(String(text).trim()));
  receiver.once('exit', (code) => reject(new Error(`http_receiver ended with ${code}`)));
});
process.on('exit', () => receiver.kill());

function dense() {
  const model = tf.sequential({name: 'dense'});
  model.add(tf.layers.dense({units: 7, activation: 'relu', inputShape: [5]}));
  model.add(tf.layers.dense({units: 2}));
  return model;
}

function conv() {
  const model = tf.sequential({name: 'conv'});
  model.add(tf.layers.conv2d({filters: 8, kernelSize: 3, inputShape: [12, 12, 3]}));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}));
  return model;
}

/** The stored copy has the weights of `model`, bit for bit. */
async function checkStored(name, model) {
  const stored = await tf.loadLayersModel(folderHandler(path.join(work, name)));
  const [a, b] = [model.getWeights(), stored.getWeights()];
  check(a.length === b.length, `${b.length} weights instead of ${a.length}`);
  a.forEach((weight, i) => check(Buffer.from(weight.dataSync().buffer).equals(Buffer.from(b[i].dataSync().buffer)),
                                 `weight ${i} differs`));
  check(JSON.stringify(readJson(work, name, 'model.json').modelTopology) === model.toJSON(), 'the topology differs');
}

await runAll([
  ...[dense, conv].map((build) => [`${build.name} by its URL`, async () => {
    const model = build();
    const result = await model.save(`${url}/${build.name}`);
    const answer = await result.responses[0].json();
    check(answer.method === 'POST' && answer.weights === result.modelArtifactsInfo.weightDataBytes, JSON.stringify(answer));
    await checkStored(build.name, model);
  }]),
  ['by PUT with headers', async () => {
    const model = dense();
    const handler = tf.io.http(`${url}/put`, {requestInit: {method: 'PUT', headers: {'X-Key': 'k'}}});
    const answer = await (await model.save(handler)).responses[0].json();
    check(answer.method === 'PUT' && answer.key === 'k', JSON.stringify(answer));
    await checkStored('put', model);
  }],
  ['with its optimizer and training config', async () => {
    const model = dense();
    model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
    await model.fit(tf.ones([4, 5]), tf.ones([4, 2]), {epochs: 1, verbose: 0});
    await model.save(`${url}/trained`, {includeOptimizer: true});
    const json = readJson(work, 'trained', 'model.json');
    check(json.trainingConfig.loss === 'mean_squared_error', JSON.stringify(json.trainingConfig));
    const groups = json.weightsManifest.flatMap((group) => group.weights.map((weight) => weight.group));
    check(groups.includes('optimizer'), groups.join());
    await checkStored('trained', model);
  }],
  ['with metadata', async () => {
    const model = dense();
    model.setUserDefinedMetadata({labels: ['a', 'b\u00fc']});
    await model.save(`${url}/named`);
    check(readJson(work, 'named', 'model.json').userDefinedMetadata.labels[1] === 'b\u00fc', 'the metadata differ');
  }],
  ['without weights', async () => {
    const model = tf.sequential({name: 'none'});
    model.add(tf.layers.flatten({inputShape: [2, 3]}));
    await model.save(`${url}/none`);
    check(readJson(work, 'none', 'model.json').modelTopology !== undefined, 'no topology');
  }],
  ['what is no model is refused', async () => {
    const bad = await fetch(`${url}/bad`, {method: 'POST', body: 'model'});
    check(bad.status === 400 && (await bad.text()).includes('multipart'), `status ${bad.status}`);
  }],
]);
