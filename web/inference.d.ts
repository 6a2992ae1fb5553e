// The types of 'tfjs-cpp/inference': the part of the package that only loads, runs and saves models.

export * as io from './types/io.js';
export * as wasm from './types/threads_count.js';
export * from './types/creation.js';
export * from './types/environment.js';
export { LayersModel, loadLayersModel } from './types/model.js';
export * from './types/tensor.js';
