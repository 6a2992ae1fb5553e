// Builds a model in stock TensorFlow.js and writes down how, so that another library can follow:
//
//   {inputs: [{shape, dtype}], layers: [{class_name, config} | {model: recipe}],
//    calls: [{layer, inputs: [tensor, ...]}], outputs: [tensor, ...]}        a functional model
//   {sequential: [{class_name, config} | {model: recipe}]}                    a stack
//
// Tensors are numbered: the inputs, then the outputs of each call. Configs are the arguments of
// tf.layers' functions; layers within them are {class_name, config} again.
import * as tf from '@tensorflow/tfjs';

const factories = new Map(Object.keys(tf.layers).map((key) => [key.toLowerCase(), tf.layers[key]]));

function stockArgument(value) {
  if (Array.isArray(value)) return value.map(stockArgument);
  if (value === null || typeof value !== 'object' || value.class_name === undefined) return value;
  if (factories.has(value.class_name.toLowerCase())) return stockLayer(value);
  return {className: value.class_name, config: value.config};
}

/** {class_name, config} as a layer of stock. */
export function stockLayer({class_name: name, config}) {
  const make = factories.get(name.toLowerCase());
  if (make === undefined) throw new Error(`tf.layers has no ${name}`);
  return make(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, stockArgument(value)])));
}

export class Builder {
  constructor(draw) {
    this.draw = draw;
    this.recipe = {inputs: [], layers: [], calls: [], outputs: []};
    this.tensors = [];  // {id, symbolic, masked}
    this.layers = [];
    /** Whether a mask was made: stock hands it to every recurrent layer and Softmax from then on. */
    this.maskSeen = false;
    /** Whether a call had initial states: stock keeps them for later recurrent layers. */
    this.statesSeen = false;
  }

  input(batchShape, dtype = 'float32') {
    const symbolic = tf.input({batchShape, dtype});
    this.recipe.inputs.push({batch_shape: batchShape, dtype});
    return this.track(symbolic, false);
  }

  track(symbolic, masked) {
    if (symbolic.shape.slice(1).some((dim) => dim !== null && dim < 1)) throw new Error(`empty size [${symbolic.shape}]`);
    const tensor = {id: this.tensors.length, symbolic, shape: symbolic.shape, masked};
    this.tensors.push(tensor);
    return tensor;
  }

  /** Makes a layer and calls it; all its outputs. */
  apply(className, config, inputs, options = {}) {
    const spec = {class_name: className, config};
    return this.call(this.add(stockLayer(spec), spec), inputs, options);
  }

  /** Keeps a layer for call(). */
  add(layer, spec) {
    this.layers.push(layer);
    this.recipe.layers.push(spec);
    return this.layers.length - 1;
  }

  /** Calls a layer once more; all its outputs. `states`: how many of the inputs are initial states. */
  call(index, inputs, {masked = false, states = 0} = {}) {
    const symbolic = inputs.map((tensor) => tensor.symbolic);
    const own = symbolic.slice(0, symbolic.length - states);
    const first = own.length === 1 ? own[0] : own;
    const kwargs = states > 0 ? {initialState: symbolic.slice(own.length)} : undefined;
    const result = this.layers[index].apply(first, kwargs);
    const outputs = (Array.isArray(result) ? result : [result]).map((out) => this.track(out, masked));
    this.recipe.calls.push({layer: index, inputs: inputs.map((tensor) => tensor.id)});
    if (states > 0) this.statesSeen = true;
    if (masked) this.maskSeen = true;
    return outputs;
  }

  /** The model from all inputs to `outputs`. */
  finish(outputs) {
    this.recipe.outputs = outputs.map((tensor) => tensor.id);
    const inputs = this.tensors.slice(0, this.recipe.inputs.length).map((tensor) => tensor.symbolic);
    return tf.model({inputs, outputs: outputs.map((tensor) => tensor.symbolic)});
  }
}
