#!/usr/bin/env node
// make_model.mjs WEIGHTS FOLDER: builds the digit reader around the weights that train.py wrote,
// and saves it as FOLDER/model.json and FOLDER/model.weights.bin.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as tf from '../../../../web/src/index.js';

const [weightsFile, folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: make_model.mjs WEIGHTS FOLDER');
  process.exit(2);
}

const model = tf.sequential({ name: 'digits', layers: [
  tf.layers.conv2d({ filters: 8, kernelSize: 5, activation: 'relu', inputShape: [28, 28, 1] }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 48, activation: 'relu' }),
  tf.layers.dense({ units: 10, activation: 'softmax' }),
] });

const bytes = await readFile(weightsFile);
const needed = 4 * model.countParams();
if (bytes.length !== needed) {
  throw new Error(`${weightsFile} has ${bytes.length} bytes, the model needs ${needed}`);
}
const numbers = new Float32Array(new Uint8Array(bytes).buffer);
let at = 0;
model.setWeights(model.getWeights().map(({ shape, size }) => {
  at += size;
  return tf.tensor(numbers.subarray(at - size, at), shape);
}));
model.setUserDefinedMetadata({ labels: [...'0123456789'] });
await model.save(`file://${resolve(folder)}`);
