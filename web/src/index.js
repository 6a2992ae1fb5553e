// tfjs-cpp: TensorFlow.js's API on a core of C++. import * as tf from 'tfjs-cpp'.
//
// The core is loaded when this module is; from then on all but what waits for a network or a store
// is plain calls.

import './setup.js';

export * as constraints from './constraints.js';
export * as initializers from './initializers.js';
export * as io from './io/index.js';
export * as layers from './layers/index.js';
export * as regularizers from './regularizers.js';
export * as models from './models/namespace.js';
export * as wasm from './threads_count.js';
export * from './environment.js';
export * from './tensor/creation.js';
export { Tensor } from './tensor/tensor.js';
export { SymbolicTensor } from './layers/symbolic_tensor.js';
export { LayersModel, Sequential, model, sequential } from './models/layers_model.js';
export { input } from './layers/input.js';
export { loadLayersModel } from './models/load.js';
