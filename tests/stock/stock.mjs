// What the tests of this folder share: stock TensorFlow.js, model folders and npy files read
// without it, comparisons.
import * as tf from '@tensorflow/tfjs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {check, runAll} from '../run_all.mjs';

export {tf, fs, path, check, runAll};

export const source = process.env.TFJS_SOURCE_DIR;

export const readJson = (...parts) => JSON.parse(fs.readFileSync(path.join(...parts), 'utf8'));

/** A model folder as stock's IOHandler. */
export function folderHandler(folder) {
  return {
    load: async () => {
      const json = readJson(folder, 'model.json');
      const specs = json.weightsManifest.flatMap((group) => group.weights);
      const files = json.weightsManifest.flatMap((group) => group.paths);
      const bytes = Buffer.concat(files.map((file) => fs.readFileSync(path.join(folder, file))));
      const weightData = new Uint8Array(bytes).buffer;
      return {...json, weightSpecs: specs, weightData};
    },
  };
}

/** A handler that writes model.json and model.weights.bin as stock's own handlers do. */
export function savingTo(folder) {
  return tf.io.withSaveHandler(async (artifacts) => {
    const {weightData, weightSpecs: weights, ...fields} = artifacts;
    const json = {...fields, weightsManifest: [{paths: ['./model.weights.bin'], weights}]};
    fs.mkdirSync(folder, {recursive: true});
    fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify(json));
    fs.writeFileSync(path.join(folder, 'model.weights.bin'), Buffer.from(tf.io.CompositeArrayBuffer.join(weightData)));
    return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
  });
}

/** A version 1.0 npy file as a tensor. */
export function readNpy(file) {
  const bytes = fs.readFileSync(file);
  const length = bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, 10 + length);
  const dtype = /'descr': '([^']+)'/.exec(header)[1];
  const shape = /'shape': \(([^)]*)\)/.exec(header)[1].split(',').filter((x) => x.trim()).map(Number);
  const data = new Uint8Array(bytes.subarray(10 + length)).buffer;
  if (dtype === '<f4') return tf.tensor(new Float32Array(data), shape);
  if (dtype === '<i4') return tf.tensor(new Int32Array(data), shape, 'int32');
  if (dtype === '|b1') return tf.tensor(new Uint8Array(data), shape, 'bool');
  throw new Error(`${file}: dtype ${dtype}`);
}

/** Writes a float32 or int32 tensor as a version 1.0 npy file. */
export function writeNpy(file, tensor) {
  const shape = `(${tensor.shape.join(', ')}${tensor.shape.length === 1 ? ',' : ''})`;
  const descr = tensor.dtype === 'int32' ? '<i4' : '<f4';
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const start = Buffer.from('\x93NUMPY\x01\x00??' + padded, 'latin1');
  start.writeUInt16LE(padded.length, 8);
  const data = tensor.dataSync();
  fs.writeFileSync(file, Buffer.concat([start, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]));
}

/** All of PREFIX0.npy, PREFIX1.npy, ... in a folder. */
export function readNpys(folder, prefix) {
  const out = [];
  while (fs.existsSync(path.join(folder, `${prefix}${out.length}.npy`))) {
    out.push(readNpy(path.join(folder, `${prefix}${out.length}.npy`)));
  }
  return out;
}

export const list = (x) => (Array.isArray(x) ? x : [x]);

/** What is wrong with `got`, or '' when every element is within atol + rtol * |wanted|. Numbers cancel out to
 * rounding errors of what they came from, so `ofLargest` times the largest |wanted| may be allowed too. */
export function difference(got, wanted, atol, rtol, ofLargest = 0) {
  if (JSON.stringify(got.shape) !== JSON.stringify(wanted.shape)) {
    return `shape [${got.shape}] instead of [${wanted.shape}]`;
  }
  const a = got.dataSync();
  const b = wanted.dataSync();
  const slack = ofLargest === 0 ? 0 : ofLargest * b.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < b.length; ++i) {
    if (Number.isNaN(a[i]) && Number.isNaN(b[i])) continue;
    if (!(Math.abs(a[i] - b[i]) <= atol + slack + rtol * Math.abs(b[i]))) {
      return `element ${i} is ${a[i]} instead of ${b[i]}`;
    }
  }
  return '';
}
