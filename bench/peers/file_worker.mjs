// Stock TensorFlow.js loads (and saves) a model through files or HTTP, once; prints times and peak memory as JSON.
// usage: node file_worker.mjs load|save MODEL_FOLDER|MODEL_URL [TARGET_FOLDER|TARGET_URL]
import '@tensorflow/tfjs-backend-cpu';
import * as tfc from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {loadHandler, saveHandler} from './folder_handler.mjs';

const [action, source, target] = process.argv.slice(2);
const isUrl = (place) => place.startsWith('http://');
await tfc.ready();
let start = performance.now();
const model = await tfl.loadLayersModel(isUrl(source) ? source : loadHandler(source));
const loadMs = performance.now() - start;
start = performance.now();
if (action === 'save') await model.save(isUrl(target) ? target : saveHandler(target));
const saveMs = performance.now() - start;
process.stdout.write(JSON.stringify({loadMs, saveMs, peakBytes: process.resourceUsage().maxRSS * 1024}) + '\n');
