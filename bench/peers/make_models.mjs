// Builds the benchmark models into a folder: NAME/model.json + model.weights.bin, and NAME/model.onnx.
// usage: node make_models.mjs FOLDER
import '@tensorflow/tfjs-backend-cpu';
import * as tfc from '@tensorflow/tfjs-core';
import fs from 'node:fs';
import path from 'node:path';
import {saveHandler} from './folder_handler.mjs';
import {toOnnx} from './onnx_export.mjs';
import {fileModels, predictModels} from './zoo.mjs';

const folder = process.argv[2];

/** Small random numbers, so that no layer's result grows without bound; moving variances stay positive. */
function randomise(model) {
  for (const weight of model.weights) {
    const fanIn = Math.max(1, weight.shape.slice(0, -1).reduce((a, b) => a * b, 1));
    const scale = Math.sqrt(2 / fanIn);
    const values = weight.name.includes('variance') || weight.name.includes('gamma')
                       ? tfc.randomUniform(weight.shape, 0.5, 1.5, 'float32', 1)
                       : tfc.randomNormal(weight.shape, 0, weight.shape.length === 1 ? 0.1 : scale, 'float32', 1);
    weight.write(values);
  }
}

for (const [name, build] of Object.entries({...predictModels, ...fileModels})) {
  const target = path.join(folder, name);
  if (fs.existsSync(path.join(target, 'complete'))) continue;
  fs.mkdirSync(target, {recursive: true});
  const model = build();
  if (name in predictModels) {
    randomise(model);
    fs.writeFileSync(path.join(target, 'model.onnx'), toOnnx(model));
  }
  await model.save(saveHandler(target));
  fs.writeFileSync(path.join(target, 'complete'), '');
  console.log(name);
  model.dispose();
}
