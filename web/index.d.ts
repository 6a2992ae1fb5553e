// The types of tfjs-cpp, under the names that users of @tensorflow/tfjs know: import * as tf from
// 'tfjs-cpp'. What each file of types/ holds stands at its head. tests/types/types_test.mjs keeps
// them and the JavaScript from drifting apart.

export * as constraints from './types/constraints.js';
export * as initializers from './types/initializers.js';
export * as io from './types/io.js';
export * as layers from './types/layers.js';
export * as models from './types/models_namespace.js';
export * as regularizers from './types/regularizers.js';
export * as wasm from './types/threads_count.js';

export * from './types/creation.js';
export * from './types/environment.js';
export { SymbolicTensor, input } from './types/layer.js';
export type { ApplyOptions, ConfigDict, InputConfig, LayerVariable, Shape } from './types/layer.js';
export * from './types/model.js';
export * from './types/tensor.js';
