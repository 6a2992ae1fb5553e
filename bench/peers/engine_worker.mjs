// One engine with one model, kept ready: answers each line "SECONDS" on stdin with a JSON line of timings.
// usage: node engine_worker.mjs ENGINE MODEL_FOLDER THREADS BATCH   (ENGINE: ort, tfjs-wasm, tfjs-cpu)
// With SECONDS 0 it makes one prediction: for cold starts.
import path from 'node:path';
import readline from 'node:readline';

const [engine, folder, threads, batch] = process.argv.slice(2);

async function onnxRuntime() {
  const ort = (await import('onnxruntime-node')).default;
  const session = await ort.InferenceSession.create(path.join(folder, 'model.onnx'), {
    intraOpNumThreads: Number(threads),
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const dims = session.inputMetadata[0].shape.map((dim) => (typeof dim === 'number' ? dim : Number(batch)));
  const input = new ort.Tensor('float32', randomValues(dims), dims);
  return () => session.run({input});
}

async function stock(backend) {
  const tfc = await import('@tensorflow/tfjs-core');
  const tfl = await import('@tensorflow/tfjs-layers');
  const module = await import(`@tensorflow/tfjs-backend-${backend}`);
  if (backend === 'wasm') {
    module.setWasmPaths(path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
                                  'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
  }
  await tfc.setBackend(backend);
  await tfc.ready();
  const {loadHandler} = await import('./folder_handler.mjs');
  const model = await tfl.loadLayersModel(loadHandler(folder));
  const shape = model.inputs[0].shape.map((dim) => dim ?? Number(batch));
  const input = tfc.tensor(randomValues(shape), shape);
  return () => {
    const output = model.predict(input, {batchSize: Number(batch)});
    output.dataSync();
    output.dispose();
  };
}

function randomValues(shape) {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < values.length; ++i) values[i] = Math.random();
  return values;
}

console.log = () => {};
console.warn = () => {};
const predict = engine === 'ort' ? await onnxRuntime() : await stock(engine.slice('tfjs-'.length));
await predict();
process.stdout.write('ready\n');

for await (const line of readline.createInterface({input: process.stdin})) {
  const seconds = Number(line);
  const times = [];
  const end = performance.now() + seconds * 1000;
  do {
    const start = performance.now();
    await predict();
    times.push(performance.now() - start);
  } while (performance.now() < end);
  times.sort((a, b) => a - b);
  process.stdout.write(JSON.stringify({bestMs: times[0], medianMs: times[times.length >> 1], runs: times.length}) + '\n');
}
process.exit(0);
