// bench/browser: the package and stock TensorFlow.js in one page of Chromium, turn by turn.
// usage: node browser.mjs MODELS_FOLDER [MODEL...]
import {availableParallelism} from 'node:os';
import {launch} from '../../web/tests/support/browsers.mjs';
import {startServer} from '../../web/tests/support/server.mjs';

const [modelsFolder, ...chosen] = process.argv.slice(2);
const models = chosen.length > 0 ? chosen : ['mobilenet_v1', 'mobilenet_v2', 'lstm', 'mnist', 'mlp'];
const rounds = 5;
const secondsPerTurn = 1;

/** Runs in the page: loads `name` with both, and gives the best milliseconds of each. */
async function predictInPage({name, rounds, secondsPerTurn}) {
  const url = `/bench-models/${name}/model.json`;
  const [theirs, ours] = [await stock.loadLayersModel(url), await tf.loadLayersModel(url)];
  const shape = ours.inputs[0].shape.map((dim) => dim ?? 1);
  const values = Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, Math.random);
  const [theirX, ourX] = [stock.tensor(values, shape), tf.tensor(values, shape)];
  const engines = {
    stock: () => {
      const y = theirs.predict(theirX);
      const data = y.dataSync();
      y.dispose();
      return data;
    },
    ours: () => ours.predict(ourX).dataSync(),
  };
  const difference = Math.max(...engines.stock().map((value, i) => Math.abs(value - engines.ours()[i])));
  if (!(difference < 1e-3)) throw new Error(`${name}: predictions differ by ${difference}`);
  // Threads come up when the page's own lets them.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const best = {stock: Infinity, ours: Infinity};
  for (let round = 0; round < rounds; ++round) {
    for (const [engine, predict] of Object.entries(engines)) {
      const end = performance.now() + secondsPerTurn * 1000;
      do {
        // Short predictions are timed together: the clock of a page is coarse.
        const start = performance.now();
        let count = 0;
        do {
          predict();
          ++count;
        } while (performance.now() - start < 5);
        best[engine] = Math.min(best[engine], (performance.now() - start) / count);
      } while (performance.now() < end);
    }
  }
  return best;
}

/** Runs in the page: load from IndexedDB, of a model that stock has saved there. */
async function loadInPage({name, rounds, secondsPerTurn}) {
  const url = 'indexeddb://bench';
  await (await stock.loadLayersModel(`/bench-models/${name}/model.json`)).save(url);
  const best = {stock: Infinity, ours: Infinity};
  // Small models load in few milliseconds, of which the browser's own part varies: many turns.
  const end = performance.now() + rounds * secondsPerTurn * 1000;
  for (let round = 0; round < 3 * rounds || performance.now() < end; ++round) {
    for (const [engine, lib] of Object.entries({stock, ours: tf})) {
      const start = performance.now();
      const model = await lib.loadLayersModel(url);
      best[engine] = Math.min(best[engine], performance.now() - start);
      model.dispose();
    }
  }
  await stock.io.removeModel(url);
  return best;
}

function table(title, rows) {
  console.log(`\n${title}\n\n| model | stock, ms | tfjs-cpp, ms | ratio |\n|---|---:|---:|---:|`);
  for (const [name, {stock, ours}] of rows) {
    console.log(`| ${name} | ${stock.toFixed(3)} | ${ours.toFixed(3)} | ${(stock / ours).toFixed(2)} |`);
  }
}

const server = await startServer();
server.mount('/bench-models/', modelsFolder);
const browser = await launch('chromium', {proxy: server});
const modules = '/web/tests/node_modules/@tensorflow';

/** A page with both libraries, on at most `threads` threads; isolated, for threads and a finer clock. */
async function openPage(threads) {
  const page = await browser.newTab();
  await page.goto(`${server.origin}/page?isolated`);
  await page.addScriptTag({url: `${modules}/tfjs/dist/tf.min.js`});
  await page.addScriptTag({url: `${modules}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`});
  await page.evaluate(async (wasmPaths, count) => {
    globalThis.stock = globalThis.tf;
    stock.wasm.setWasmPaths(wasmPaths);
    stock.wasm.setThreadsCount(count);
    await stock.setBackend('wasm');
    await stock.ready();
    globalThis.tf = await import('/web/src/index.js');
    tf.wasm.setThreadsCount(count);
  }, `${modules}/tfjs-backend-wasm/dist/`, threads);
  return page;
}

/** [[model, milliseconds of each]] of what `measure` finds in the page. */
async function inPage(page, measure, options) {
  const rows = [];
  for (const name of models) rows.push([name, await page.evaluate(measure, {name, ...options})]);
  return rows;
}

try {
  for (const threads of [1, availableParallelism()]) {
    const page = await openPage(threads);
    const rows = await inPage(page, predictInPage, {rounds, secondsPerTurn});
    table(`Predict, batch 1, threads: ${threads}; best of each`, rows);
    if (threads === 1) table('Load from IndexedDB: best of each', await inPage(page, loadInPage, {rounds, secondsPerTurn}));
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
