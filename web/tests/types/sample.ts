// Uses all that the package exports, as a program in Node would. It is checked against the types,
// and then run: so the types say what is so. `tf` is the package; `folder` is one to save to.

import * as tf from 'tfjs-cpp';

declare const folder: string;

function check(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(`not so: ${what}`);
}

// Tensors.

const vector: tf.Tensor1D = tf.tensor1d([1, 2, 3]);
const matrix: tf.Tensor2D = tf.tensor2d([[1, 2], [3, 4]]);
const flat: tf.Tensor2D = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32');
const image: tf.Tensor4D = tf.zeros([1, 8, 8, 3]);
const cube: tf.Tensor3D = tf.tensor3d(new Float32Array(8), [2, 2, 2]);
const batch: tf.Tensor4D = tf.tensor4d([[[[1], [2]]]]);
const five: tf.Tensor5D = tf.tensor5d(new Int32Array(2), [1, 1, 1, 1, 2]);
const six: tf.Tensor6D = tf.tensor6d([1], [1, 1, 1, 1, 1, 1]);
const number: tf.Scalar = tf.scalar(3);
const texts: tf.Tensor = tf.tensor(['a', 'b']);
const ones: tf.Tensor2D = tf.ones([2, 2]);
const alike: tf.Tensor2D = tf.zerosLike(tf.onesLike(matrix));
const filled: tf.Tensor<tf.Rank.R1> = tf.fill([2], 7, 'int32');
const even: tf.Tensor2D = tf.randomUniform([2, 3], -1, 1);
const normal: tf.Tensor2D = tf.randomNormal([2, 3], 0, 0.1);
const z = tf.complex([1, 2], [3, 4]);
const [rows, columns]: [number, number] = matrix.shape;
const nested: number[][] = matrix.arraySync();
const values: Float32Array = matrix.dataSync<'float32'>();
const words: string[] = texts.dataSync<'string'>();
const later: number[][] = await matrix.array();
const laterValues: Float32Array | Int32Array | Uint8Array = await matrix.data();
const bytes: Uint8Array | Uint8Array[] = await matrix.bytes();
check(rows === 2 && columns === 2 && nested[1]?.[0] === 3 && values[3] === 4, 'values');
check(words.join() === 'a,b' && later.length === 2 && laterValues.length === 4, 'texts and promises');
check(bytes.length === 16 && number.arraySync() === 3 && five.size === 2 && six.rank === 6, 'sizes');
check(flat.dtype === 'int32' && filled.dataSync()[0] === 7 && alike.rankType === '2', 'dtypes');
check(even.size === normal.size && z.dtype === 'complex64' && z.id > even.id, 'random, complex, id');
const shaped: tf.Tensor3D = matrix.reshape<tf.Rank.R3>([1, 2, 2]);
const more: tf.Tensor3D = matrix.expandDims<tf.Rank.R3>(0);
const less: tf.Tensor2D = more.squeeze<tf.Rank.R2>([0]);
check(shaped.shape[0] === 1 && less.strides[0] === 2 && vector.as2D(1, 3).shape[1] === 3, 'shapes');
check(vector.as3D(1, 1, 3).rank === 3 && vector.as4D(1, 1, 1, 3).rank === 4, 'as3D and as4D');
check(matrix.flatten().size === 4 && matrix.as1D().size === 4, 'flat');
check(tf.ones([1]).asScalar().rank === 0 && ones.clone().size === 4, 'asScalar and clone');
check(matrix.toInt().dtype === 'int32' && matrix.toBool().toFloat().cast('int32').asType('bool').dtype === 'bool', 'casts');
check(matrix.toString(true).includes('float32'), 'text');
tf.dispose({ a: cube, b: [batch] });
image.dispose();
check(cube.isDisposed && tf.keep(vector) === vector, 'dispose and keep');

// Around them.

const backend: string = tf.getBackend();
check(backend === 'wasm' && (await tf.setBackend('wasm')), 'backend');
await tf.ready();
await tf.nextFrame();
const sum: tf.Scalar = tf.tidy(() => tf.scalar(2));
const named: number = tf.tidy('name', () => sum.dataSync()[0] ?? 0);
check(named === 2 && tf.version['tfjs-cpp'] !== '', 'tidy and version');

// Models.

const net: tf.Sequential = tf.sequential({ name: 'net', layers: [
  tf.layers.dense({
    units: 3, inputShape: [2], activation: 'relu', name: 'first',
    kernelInitializer: tf.initializers.heNormal({ seed: 1 }), biasInitializer: 'ones',
    kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }), biasRegularizer: 'l1l2',
    kernelConstraint: tf.constraints.maxNorm({ maxValue: 2, axis: 0 }),
  }),
] });
net.add(tf.layers.dense({ units: 1, trainable: false }));
const output = net.predict(tf.ones([4, 2])) as tf.Tensor;
const typed: tf.Tensor2D = net.predict<tf.Tensor2D>(tf.ones([4, 2]), { batchSize: 2 });
const byName = net.predict({ first_input: tf.ones([1, 2]) }) as tf.Tensor;
const atOnce = net.predictOnBatch<tf.Tensor>(tf.ones([4, 2]));
check(output.shape[0] === 4 && typed.arraySync().length === 4, 'predict');
check(byName.size === 1 && atOnce.size === 4, 'predict by name');
const lines: string[] = [];
net.summary(undefined, undefined, (line: string) => lines.push(line));
check(lines.length > 4 && net.inputNames[0] === 'first_input' && net.outputNames.length === 1, 'summary');
const shape: tf.Shape | tf.Shape[] = net.outputShape;
check(shape[0] === null && net.inputShape.length === 2 && net.countParams() === 13, 'shapes of models');
check(net.getLayer('first') === net.layers[0] && net.getLayer(1) === net.getLayer(null, 1), 'getLayer');
const weights: tf.Tensor[] = net.getWeights();
net.setWeights(weights.map((weight) => weight.clone()));
const variable: tf.LayerVariable | undefined = net.trainableWeights[0];
check(variable?.name === 'first/kernel' && variable.read().shape[0] === 2 && variable.trainable, 'weights');
check(net.weights.length === 4 && net.nonTrainableWeights.length === 2, 'trainable weights');
const json: string = net.toJSON();
const topology: object = net.toJSON(null, false);
const again: tf.LayersModel = await tf.models.modelFromJSON(json);
check(again.name === 'net' && JSON.stringify(topology) === json, 'JSON');
net.setUserDefinedMetadata({ labels: ['a', 'b'] });
const metadata: {} | undefined = net.getUserDefinedMetadata();
check(JSON.stringify(metadata) === '{"labels":["a","b"]}', 'metadata');
const layer = net.getLayer('first');
layer.trainable = false;
const config: tf.ConfigDict = layer.getConfig();
check(config['units'] === 3 && layer.getClassName() === 'Dense' && layer.dtype === 'float32', 'config');
check(layer.built && !layer.stateful && layer.batchInputShape?.[1] === 2 && !layer.trainable, 'state');
check(JSON.stringify(layer.computeOutputShape([null, 2])) === '[null,3]', 'computeOutputShape');
net.resetStates();

const a: tf.SymbolicTensor = tf.input({ shape: [4, 3], name: 'a' });
const b = tf.layers.input({ batchShape: [null, 2], dtype: 'float32' });
const [last, h, c] = tf.layers.lstm({ units: 2, returnState: true }).apply(a) as tf.SymbolicTensor[];
const gru = tf.layers.gru({ units: 2 }).apply(a, { initialState: [b] });
const both = tf.layers.concatenate().apply([last!, h!, c!, gru]);
const functional: tf.LayersModel = tf.model({ inputs: [a, b], outputs: [both, gru], name: 'functional' });
const [first, second] = functional.predict([tf.ones([1, 4, 3]), tf.ones([1, 2])]) as tf.Tensor[];
check(first?.shape[1] === 8 && second?.shape[1] === 2 && functional.outputs.length === 2, 'functional');
check(a.sourceLayer.name === 'a' && a.rank === 3 && a.nodeIndex === 0 && a.tensorIndex === 0, 'symbolic');
check(a instanceof tf.SymbolicTensor && a.outputTensorIndex === 0 && a.dtype === 'float32', 'its class');
check(functional.inputs[0]?.name === 'a' && functional.getLayer('a') instanceof tf.layers.Layer, 'inputs');
const middle = tf.model({ inputs: net.inputs, outputs: net.getLayer('first').output });
check(middle.input instanceof tf.SymbolicTensor && middle.output !== undefined, 'part of a model');
const direct: tf.Tensor = tf.layers.reLU({ maxValue: 1 }).apply(tf.tensor2d([[-1, 2]]));
check(direct.dataSync()[1] === 1 && net instanceof tf.LayersModel && net instanceof tf.Sequential, 'apply');
check(vector instanceof tf.Tensor && new tf.Tensor(new Float32Array(2), [2], 'float32').size === 2, 'Tensor');

// Every layer.

const cell = tf.layers.gruCell({ units: 2 });
const recurrent = tf.layers.simpleRNN({ units: 2, returnSequences: true });
const every: tf.layers.Layer[] = [
  tf.layers.inputLayer({ inputShape: [2] }), tf.layers.activation({ activation: 'tanh' }),
  tf.layers.dropout({ rate: 0.5, noiseShape: [null, 1], seed: 1 }),
  tf.layers.spatialDropout1d({ rate: 0.5 }), tf.layers.spatialDropout2d({ rate: 0.5 }),
  tf.layers.spatialDropout3d({ rate: 0.5 }), tf.layers.flatten(), tf.layers.repeatVector({ n: 2 }),
  tf.layers.reshape({ targetShape: [2, -1] }), tf.layers.permute({ dims: [2, 1] }),
  tf.layers.embedding({ inputDim: 3, outputDim: 2, maskZero: true, inputLength: 4 }),
  tf.layers.masking({ maskValue: 0 }), tf.layers.elu(), tf.layers.leakyReLU({ alpha: 0.1 }),
  tf.layers.prelu({ sharedAxes: [1] }), tf.layers.softmax({ axis: -1 }),
  tf.layers.thresholdedReLU({ theta: 1 }),
  tf.layers.conv1d({ filters: 1, kernelSize: 2, padding: 'causal', dilationRate: 2 }),
  tf.layers.conv2d({ filters: 1, kernelSize: [2, 2], strides: 2, dataFormat: 'channelsLast' }),
  tf.layers.conv3d({ filters: 1, kernelSize: 2, padding: 'same' }),
  tf.layers.conv2dTranspose({ filters: 1, kernelSize: 2 }),
  tf.layers.conv3dTranspose({ filters: 1, kernelSize: 2 }),
  tf.layers.separableConv2d({ filters: 1, kernelSize: 2, pointwiseInitializer: 'ones' }),
  tf.layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, depthwiseConstraint: 'nonNeg' }),
  tf.layers.cropping1D({ cropping: [1, 1] }), tf.layers.cropping2D({ cropping: [[1, 1], [0, 0]] }),
  tf.layers.cropping3D({ cropping: [1, 1, 1] }), tf.layers.upSampling1d({ size: 2 }),
  tf.layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }), tf.layers.upSampling3d(),
  tf.layers.zeroPadding1d(), tf.layers.zeroPadding2d({ padding: [[1, 1], [2, 2]] }),
  tf.layers.zeroPadding3d({ padding: 1 }), tf.layers.add(), tf.layers.average(), tf.layers.maximum(),
  tf.layers.minimum(), tf.layers.multiply(), tf.layers.subtract(),
  tf.layers.concatenate({ axis: 1 }), tf.layers.dot({ axes: [1, 1], normalize: true }),
  tf.layers.batchNormalization({ axis: -1, epsilon: 1e-3, gammaRegularizer: null }),
  tf.layers.layerNormalization({ axis: [1] }), tf.layers.normalization({ mean: 0, variance: 1 }),
  tf.layers.gaussianNoise({ stddev: 1 }), tf.layers.gaussianDropout({ rate: 0.1 }),
  tf.layers.alphaDropout({ rate: 0.1 }), tf.layers.activityRegularization({ l1: 0.1 }),
  tf.layers.averagePooling1d({ poolSize: 2 }), tf.layers.avgPool1d(), tf.layers.avgPooling1d(),
  tf.layers.averagePooling2d({ poolSize: [2, 2], strides: [1, 1], padding: 'same' }),
  tf.layers.avgPool2d(), tf.layers.avgPooling2d(), tf.layers.averagePooling3d(),
  tf.layers.avgPool3d(), tf.layers.avgPooling3d(), tf.layers.maxPooling1d(), tf.layers.maxPool1d(),
  tf.layers.maxPooling2d({ dataFormat: 'channelsFirst' }), tf.layers.maxPool2d(),
  tf.layers.maxPooling3d(), tf.layers.maxPool3d(), tf.layers.globalAveragePooling1d(),
  tf.layers.globalAveragePooling2d(), tf.layers.globalAveragePooling3d(),
  tf.layers.globalMaxPooling1d(), tf.layers.globalMaxPool1d(), tf.layers.globalMaxPooling2d(),
  tf.layers.globalMaxPool2d(), tf.layers.globalMaxPooling3d(), recurrent,
  tf.layers.simpleRNNCell({ units: 1 }), cell, tf.layers.lstmCell({ units: 1, unitForgetBias: true }),
  tf.layers.convLstm2d({ filters: 1, kernelSize: 2 }),
  tf.layers.convLstm2dCell({ filters: 1, kernelSize: 2 }), tf.layers.rnn({ cell }),
  tf.layers.stackedRNNCells({ cells: [cell] }),
  tf.layers.bidirectional({ layer: recurrent, mergeMode: 'concat' }),
  tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 1 }) }),
  tf.layers.rescaling({ scale: 1 / 255, offset: 0 }), tf.layers.resizing({ height: 2, width: 2 }),
  tf.layers.centerCrop({ height: 2, width: 2 }),
  tf.layers.categoryEncoding({ numTokens: 3, outputMode: 'multiHot' }),
  tf.layers.randomWidth({ factor: 0.5 }), tf.layers.randomHeight({ factor: [0, 1] }),
  tf.layers.randomFlip({ mode: 'horizontal' }), tf.layers.randomRotation({ factor: 0.1 }),
  tf.layers.randomZoom({ heightFactor: 0.1 }), tf.layers.randomContrast({ factor: 0.1 }),
  tf.layers.randomTranslation({ heightFactor: 0.1, widthFactor: 0.1 }),
  tf.layers.randomBrightness({ factor: 0.1, valueRange: [0, 1] }),
];
check(every.every((each) => each.name !== ''), 'names of layers');

// Initializers, regularizers, constraints.

const initializers: tf.initializers.Initializer[] = [
  tf.initializers.zeros(), tf.initializers.ones(), tf.initializers.constant({ value: 1 }),
  tf.initializers.identity({ gain: 2 }), tf.initializers.randomUniform({ minval: -1, maxval: 1 }),
  tf.initializers.randomNormal({ mean: 0, stddev: 1, seed: 3 }), tf.initializers.truncatedNormal(),
  tf.initializers.varianceScaling({ scale: 1, mode: 'fanAvg', distribution: 'uniform' }),
  tf.initializers.glorotUniform(), tf.initializers.glorotNormal({ seed: 1 }),
  tf.initializers.heUniform(), tf.initializers.heNormal(), tf.initializers.leCunUniform(),
  tf.initializers.leCunNormal(), tf.initializers.orthogonal({ gain: 1 }),
];
for (const kernelInitializer of initializers) tf.layers.dense({ units: 1, kernelInitializer });
const held: tf.constraints.Constraint[] = [
  tf.constraints.maxNorm(), tf.constraints.unitNorm({ axis: 0 }), tf.constraints.nonNeg(),
  tf.constraints.minMaxNorm({ minValue: 0, maxValue: 1, rate: 1, axis: 0 }),
];
for (const kernelConstraint of held) tf.layers.dense({ units: 1, kernelConstraint });
const regularizers: tf.regularizers.Regularizer[] = [
  tf.regularizers.l1({ l1: 0.1 }), tf.regularizers.l2(), tf.regularizers.l1l2({ l1: 0.1, l2: 0.1 }),
];
for (const kernelRegularizer of regularizers) tf.layers.dense({ units: 1, kernelRegularizer });
check(regularizers[0]?.getClassName() === 'L1L2' && initializers[2]?.getConfig()['value'] === 1, 'described');

// Saving and loading.

let kept: tf.io.ModelArtifacts = {};
const saved: tf.io.SaveResult = await net.save(tf.io.withSaveHandler(async (artifacts) => {
  kept = artifacts;
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}), { trainableOnly: false, includeOptimizer: false });
const info: tf.io.ModelArtifactsInfo = saved.modelArtifactsInfo;
check(info.dateSaved instanceof Date && info.weightDataBytes === 52, 'SaveResult');
await net.save(tf.io.withSaveHandlerSync(() => ({ modelArtifactsInfo: info })));
const fractions: number[] = [];
const loaded = await tf.loadLayersModel(tf.io.fromMemory(kept), {
  strict: true, onProgress: (fraction: number) => fractions.push(fraction),
});
await tf.loadLayersModel(tf.io.fromMemorySync(kept.modelTopology!, kept.weightSpecs, kept.weightData));
check(loaded.getUserDefinedMetadata() !== undefined && net.artifacts().format === 'layers-model', 'artifacts');
await net.save(`file://${folder}`);
const fromFile = await tf.loadLayersModel(`file://${folder}/model.json`, {
  onProgress(fraction, bytes) { fractions.push(fraction + (bytes?.total ?? 0)); },
  signal: new AbortController().signal, verify: true,
  onWarning: (message: string) => console.warn(message),
});
check(fromFile.countParams() === 13 && fractions.length > 0, 'file://');
const place: tf.io.RemovableHandler = tf.io.fileSystem(folder, { followLinks: false });
const artifacts: tf.io.ModelArtifacts = await place.load();
const copied: tf.io.ModelArtifactsInfo = await tf.io.copyModel(`file://${folder}`, `file://${folder}/copy.zip`);
await tf.io.moveModel(`file://${folder}/copy.zip`, `file://${folder}/moved`);
await tf.io.removeModel(`file://${folder}/moved`);
const listed: { [url: string]: tf.io.ModelArtifactsInfo } = await tf.io.listModels();
check(artifacts.weightSpecs?.length === 4 && copied.weightDataBytes === 52, 'copyModel');
check(Object.keys(listed).length === 0, 'listModels');

const encoded: tf.io.EncodedWeights = await tf.io.encodeWeights({ x: matrix, s: texts }, 'model');
const decoded: tf.NamedTensorMap = tf.io.decodeWeights(encoded.data, encoded.specs);
check(decoded['x']?.size === 4 && encoded.specs[0]?.group === 'model', 'encodeWeights');
await tf.io.encodeWeights([{ name: 'x', tensor: matrix }]);
const stream = new ReadableStream<ArrayBuffer>({
  start(controller) { controller.enqueue(encoded.data); controller.close(); },
});
check((await tf.io.decodeWeightsStream(stream, encoded.specs))['s']?.size === 2, 'decodeWeightsStream');
const entry: tf.io.WeightsManifestEntry = { name: 'w', shape: [2], dtype: 'float32' };
const manifest: tf.io.WeightsManifestConfig = [{ paths: ['w.bin'], weights: [entry] }];
const loadWeights = tf.io.weightsLoaderFactory(async (urls: string[]) => urls.map(() => new ArrayBuffer(8)));
check((await loadWeights(manifest, 'folder/', ['w']))['w']?.size === 2, 'weightsLoaderFactory');
check(typeof tf.io.loadWeights === 'function' && tf.io.getWeightSpecs(manifest)[0] === entry, 'specs');
const modelJSON: tf.io.ModelJSON = { modelTopology: topology, weightsManifest: manifest };
const weightData = new ArrayBuffer(8);
const parsed = await tf.io.getModelArtifactsForJSON(modelJSON, async (groups) =>
  [tf.io.getWeightSpecs(groups), weightData]);
check(tf.io.getModelArtifactsForJSONSync(modelJSON, [entry], weightData).weightData === parsed.weightData, 'JSON');
const composite = new tf.io.CompositeArrayBuffer([weightData, weightData]);
check(composite.byteLength === 16 && composite.pieceCount === 2 && composite.slice(0, 4).byteLength === 4, 'slice');
check(composite.view(1, 3).length === 2 && tf.io.CompositeArrayBuffer.join([weightData]).byteLength === 8, 'join');
check(tf.io.concatenateArrayBuffers([weightData]).byteLength === 8, 'concatenateArrayBuffers');

const shelf = new Map<string, tf.io.ModelArtifacts>();
const router: tf.io.IORouter = (url) => {
  if (typeof url !== 'string' || !url.startsWith('shelf://')) return null;
  const handler: tf.io.IOHandler = {
    async save(model) {
      shelf.set(url, model);
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(model) };
    },
    async load() { return shelf.get(url)!; },
    async remove() { shelf.delete(url); return undefined; },
  };
  return handler;
};
tf.io.registerSaveRouter(router);
tf.io.registerLoadRouter(router);
await net.save('shelf://net');
check((await tf.loadLayersModel('shelf://net')).name === 'net', 'a scheme of its own');
check(tf.io.getSaveHandlers('shelf://x').length === 1 && tf.io.getLoadHandlers('shelf://x').length === 1, 'routers');
try {
  await tf.loadLayersModel(`file://${folder}/none`);
  check(false, 'an error');
} catch (error) {
  const code = (error as { code?: tf.io.ErrorCode }).code;
  check(code === 'NotFound', 'the code of an error');
}
