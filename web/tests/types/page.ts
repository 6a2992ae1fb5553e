// What a page does that Node cannot: checked against the types, not run.

import * as tf from 'tfjs-cpp';

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });

await model.save('localstorage://m');
await model.save('indexeddb://m');
await model.save('downloads://m');
const saved = await model.save('http://model-server.domain/upload');
const status: number | undefined = saved.responses?.[0]?.status;
await model.save(tf.io.browserHTTPRequest('https://example.org/upload', {
  method: 'PUT', headers: { 'header_key_1': 'header_value_1' }, credentials: 'include',
}));
await model.save(tf.io.http('https://example.org/upload', { requestInit: { method: 'PUT' } }));
await model.save(tf.io.browserIndexedDB('m'));
await model.save(tf.io.browserLocalStorage('m'));
await model.save(tf.io.browserDownloads('m', { jsonAnchor: document.createElement('a') }));

const input = document.querySelector('input')!;
await tf.loadLayersModel(tf.io.browserFiles(input.files!));
await tf.loadLayersModel(tf.io.browserFiles([input.files![0]!, input.files![1]!], {
  topologyOnly: false, onProgress: (fraction) => console.log(fraction),
}));
document.addEventListener('drop', (event) => {
  tf.loadLayersModel(tf.io.browserFiles(event.dataTransfer!));
  tf.loadLayersModel(tf.io.browserFiles(event.dataTransfer!.items));
});
await tf.loadLayersModel(tf.io.browserFiles([
  { name: 'model.json', bytes: new Uint8Array() }, new File([], 'model.weights.bin'),
]));
await tf.loadLayersModel(tf.io.http(['model.json', 'weights/'], {
  fetchFunc: fetch, weightUrlConverter: async (path) => `https://cdn.example.org/${path}`, retry: 0,
  weightPathPrefix: 'weights/', onWarning: console.warn, signal: AbortSignal.timeout(1000),
}));
const loaded: tf.LayersModel = await tf.loadLayersModel('model.json', {
  requestInit: { cache: 'no-store' }, onProgress: (fraction, bytes) => console.log(fraction, bytes?.total),
});
const models = await tf.io.listModels();
const date: Date | undefined = models['indexeddb://m']?.dateSaved;
const isHTTP: boolean = tf.io.isHTTPScheme('https://example.org');
const tensors: tf.NamedTensorMap = await tf.io.loadWeights([], 'https://example.org/m');
export { date, isHTTP, loaded, status, tensors };
