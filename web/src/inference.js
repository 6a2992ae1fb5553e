// 'tfjs-cpp/inference': for pages that only load, run and save models. The same modules as the whole
// package, without those that build models.

import './setup.js';

export * as io from './io/index.js';
export * as wasm from './threads_count.js';
export * from './environment.js';
export * from './tensor/creation.js';
export { Tensor } from './tensor/tensor.js';
export { LayersModel } from './models/layers_model.js';
export { loadLayersModel } from './models/load.js';
