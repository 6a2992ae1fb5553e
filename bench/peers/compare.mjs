// Measures tfjs-cpp against stock TensorFlow.js and ONNX Runtime in one interleaved run and prints tables of times and
// ratios (theirs / ours: above 1 is faster than they are).
// usage: node compare.mjs TFJS_COMMAND MODELS_FOLDER [--quick] [--only predict,cold,files,places]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {coldStartOfStock, measured, modelServer, ours, runToEnd, stock, stockFile, wallMs} from './engines.mjs';
import {fileModels, predictModels} from './zoo.mjs';

const [command, folder, ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1].split(',') : ['predict', 'cold', 'files', 'places'];
const rounds = quick ? 2 : 5;
const seconds = quick ? 0.3 : 0.7;

const best = (values) => Math.min(...values);
const ms = (value) => (value === undefined ? '' : value < 1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(1));
const ratio = (theirs, mine) => (theirs === undefined ? '' : `${(theirs / mine).toFixed(2)}x`);
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

function table(header, rows) {
  console.log(`| ${header.join(' | ')} |`);
  console.log(`|${header.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log();
}

/** The best time of each engine over interleaved rounds. */
async function interleaved(engines) {
  const times = new Map(engines.map((engine) => [engine.name, []]));
  for (let round = 0; round < rounds; ++round) {
    for (const engine of engines) {
      if (engine.once && round > 0) continue;
      times.get(engine.name).push((await engine.run(engine.once ? 0 : seconds)).bestMs);
    }
  }
  for (const engine of engines) await engine.close();
  return Object.fromEntries([...times].map(([name, values]) => [name, best(values)]));
}

async function comparePredictions() {
  const rows = [];
  for (const batch of [1, 32]) {
    for (const threads of [1, 2]) {
      for (const name of Object.keys(predictModels)) {
        const model = path.join(folder, name);
        const engines = [ours(command, model, threads, batch), await stock('ort', model, threads, batch)];
        if (threads === 1) engines.push(await stock('tfjs-wasm', model, threads, batch));
        if (threads === 1 && batch === 1 && !quick) {
          engines.push({...(await stock('tfjs-cpu', model, threads, batch)), once: true});
        }
        const times = await interleaved(engines);
        const mine = times['tfjs-cpp'];
        rows.push([name, batch, threads, ms(mine), ms(times.ort), ms(times['tfjs-wasm']), ms(times['tfjs-cpu']),
                   ratio(times.ort, mine), ratio(times['tfjs-wasm'], mine), ratio(times['tfjs-cpu'], mine)]);
        process.stderr.write(`${rows.at(-1).join(' ')}\n`);
      }
    }
  }
  console.log('### Prediction, ms, best of interleaved rounds\n');
  table(['model', 'batch', 'threads', 'tfjs-cpp', 'ONNX Runtime', 'tfjs wasm', 'tfjs cpu', 'vs ONNX Runtime', 'vs tfjs wasm',
         'vs tfjs cpu'], rows);
}

function compareColdStarts() {
  const rows = [];
  for (const name of ['mobilenet_v2', 'resnet50']) {
    const model = path.join(folder, name);
    const times = {mine: [], ort: [], wasm: []};
    for (let round = 0; round < rounds; ++round) {
      times.mine.push(wallMs(command, ['bench', model, '--threads', 1, '--seconds', 0]));
      times.ort.push(coldStartOfStock('ort', model));
      times.wasm.push(coldStartOfStock('tfjs-wasm', model));
    }
    const mine = best(times.mine);
    rows.push([name, ms(mine), ms(best(times.ort)), ms(best(times.wasm)), ratio(best(times.ort), mine),
               ratio(best(times.wasm), mine)]);
  }
  console.log('### Cold start: process start to exit after the first predictions, ms\n');
  table(['model', 'tfjs-cpp', 'ONNX Runtime (Node)', 'tfjs wasm (Node)', 'vs ONNX Runtime', 'vs tfjs wasm'], rows);
}

function compareFiles() {
  const rows = [];
  const target = fs.mkdtempSync(path.join(folder, 'saved-'));
  for (const name of Object.keys(fileModels)) {
    const model = path.join(folder, name);
    const mine = [];
    const theirs = [];
    for (let round = 0; round < Math.min(rounds, 3); ++round) {
      const loaded = JSON.parse(runToEnd(command, ['bench', model, '--json', '--threads', 1, '--seconds', 0]));
      const saveMs = wallMs(command, ['cp', model, path.join(target, 'ours')]);
      mine.push({loadMs: loaded.loadMs + loaded.firstPredictionMs, peakBytes: loaded.peakBytes, saveMs});
      theirs.push(stockFile('save', model, target));
    }
    const least = (list, key) => best(list.map((entry) => entry[key]));
    const weights = fs.statSync(path.join(model, 'model.weights.bin')).size;
    rows.push([mebibytes(weights), ms(least(mine, 'loadMs')), ms(least(theirs, 'loadMs')),
               ratio(least(theirs, 'loadMs'), least(mine, 'loadMs')), ms(least(mine, 'saveMs')),
               ms(least(theirs, 'saveMs')), mebibytes(least(mine, 'peakBytes')), mebibytes(least(theirs, 'peakBytes'))]);
  }
  fs.rmSync(target, {recursive: true});
  console.log('### Files: tfjs-cpp\'s load includes the first prediction, and its save is a copy that is flushed to disk\n');
  table(['weights', 'load, ms', 'tfjs load, ms', 'ratio', 'save, ms', 'tfjs save, ms', 'peak memory', 'tfjs peak memory'],
        rows);
}

/** HTTP and the store against the fastest that the same bytes go: curl, and plain files. */
async function comparePlaces() {
  const names = Object.keys(fileModels);
  const model = path.join(folder, names.at(-1));
  const target = fs.mkdtempSync(path.join(folder, 'places-'));
  const store = path.join(target, 'models.db');
  const server = await modelServer(model);
  const json = `${server.url}/model.json`;
  const weights = fs.statSync(path.join(model, 'model.weights.bin')).size;
  const load = (place) => JSON.parse(runToEnd(command, ['bench', place, '--json', '--threads', 1, '--seconds', 0, '--store', store]));
  const copy = (to) => measured(command, ['cp', model, to, '--store', store]);
  const runs = {
    'load http://, curl -o /dev/null': () => measured('curl', ['-s', '-o', '/dev/null', json, '-o', '/dev/null', `${server.url}/model.weights.bin`]),
    'load http://, tfjs-cpp': () => load(json),
    'load http://, tfjs': () => stockFile('load', json),
    'save http://, tfjs-cpp': () => copy(`${server.url}/upload`),
    'save http://, tfjs': () => stockFile('save', model, `${server.url}/upload`),
    'save file://, tfjs-cpp': () => copy(path.join(target, 'copy')),
    'save indexeddb://, tfjs-cpp': () => copy('indexeddb://copy'),
    'load file://, tfjs-cpp': () => load(path.join(target, 'copy')),
    'load indexeddb://, tfjs-cpp': () => load('indexeddb://copy'),
  };
  const results = new Map(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < Math.min(rounds, 3); ++round) {
    for (const [name, run] of Object.entries(runs)) {
      // The server's process has its own loop; ours waits for each run.
      const {wallMs: wall, loadMs, saveMs, peakBytes} = run();
      const time = wall ?? (name.startsWith('save') ? saveMs : loadMs);
      results.get(name).push({time, peakBytes});
    }
  }
  server.close();
  fs.rmSync(target, {recursive: true});
  console.log(`### Places: a model of ${mebibytes(weights)} over HTTP (loopback) and in the store\n`);
  table(['what', 'ms', 'GB/s', 'peak memory'], [...results].map(([name, values]) => {
    const time = best(values.map((value) => value.time));
    return [name, ms(time), (weights / time / 1e6).toFixed(2), mebibytes(best(values.map((value) => value.peakBytes)))];
  }));
}

console.log(`Date ${new Date().toISOString().slice(0, 10)}, ${os.cpus()[0].model}, ${os.cpus().length} cores, Node ${process.version}\n`);
if (only.includes('predict')) await comparePredictions();
if (only.includes('cold')) compareColdStarts();
if (only.includes('files')) compareFiles();
if (only.includes('places')) await comparePlaces();
