// tf.layers.Layer: a layer of the core. All classes are this one; what sets them apart is in their
// config, which the core reads.

import { CoreObjects } from '../core/objects.js';
import { call } from '../core/wasm.js';
import { Tensor, tensorFromCore } from '../tensor/tensor.js';
import { inCamelCase } from './camel_case.js';
import { SymbolicTensor, symbolicTensorOf } from './symbolic_tensor.js';
import { readWeights, weightsOf, writeWeights } from './weights.js';

const objects = new CoreObjects('release_layer', 'layer');

const single = (list) => (list.length === 1 ? list[0] : list);
const listOf = (value) => (Array.isArray(value) ? value : [value]);

export class Layer {
  #initialWeights;

  /** Made by the functions of tf.layers. */
  constructor(number, initialWeights = null) {
    this.number = number;
    this.#initialWeights = initialWeights;
  }

  get name() {
    return this.#about().name;
  }
  getClassName() {
    return this.#about().className;
  }
  get dtype() {
    return this.#about().dtype;
  }
  get built() {
    return this.#about().built;
  }
  get stateful() {
    return this.#about().stateful;
  }
  get batchInputShape() {
    return this.#about().batchInputShape ?? undefined;
  }
  /** Of the first call; an array of shapes when there are several outputs. */
  get outputShape() {
    const { outputShapes, name } = this.#about();
    if (outputShapes.length === 0) {
      throw new Error(`Layer ${name} has never been called and thus has no defined output shape.`);
    }
    return single(outputShapes);
  }
  /** What the layer's only call takes; an array when that is several. */
  get input() {
    return single(this.#tensors().inputs);
  }
  /** What the layer's only call gives; an array when that is several. */
  get output() {
    return single(this.#tensors().outputs);
  }
  get trainable() {
    return this.#about().trainable;
  }
  set trainable(trainable) {
    call('set_trainable', { layer: this.number, trainable });
  }

  /**
   * Wires the layer into a model, or computes its output.
   * @param {SymbolicTensor|SymbolicTensor[]|Tensor|Tensor[]} inputs
   * @param {{training?: boolean, initialState?: SymbolicTensor[]|Tensor[]}} [options] `training` is
   *     for Tensors; `initialState` is that of recurrent layers
   */
  apply(inputs, options = {}) {
    const { training = false, initialState, ...unknown } = options ?? {};
    if (Object.keys(unknown).length > 0) {
      throw new Error(`apply: layer ${this.name}: unknown options ${Object.keys(unknown)}`);
    }
    // Files have initial states as further inputs of the call.
    const list = initialState == null ? listOf(inputs) : [...listOf(inputs), ...listOf(initialState)];
    let outputs;
    if (list.every((input) => input instanceof SymbolicTensor)) {
      if (training) {
        throw new Error(`apply: layer ${this.name}: a model cannot hold a call with training: true`);
      }
      const args = { layer: this.number, inputs: list.map((input) => input.number) };
      outputs = call('apply_layer', args).map(symbolicTensorOf);
      this.settle();
    } else if (list.every((input) => input instanceof Tensor)) {
      const args = { layer: this.number, inputs: Tensor.giveAll(list), training };
      outputs = call('call_layer', args).map(tensorFromCore);
    } else {
      throw new Error(
        `apply: layer ${this.name} takes SymbolicTensors or Tensors, all of one kind`,
      );
    }
    return single(outputs);
  }

  computeOutputShape(inputShape) {
    const isOne = !Array.isArray(inputShape[0]);
    const inputShapes = isOne ? [inputShape] : inputShape;
    return single(call('output_shape', { layer: this.number, inputShapes }));
  }

  /** {name, dtype, shape, trainable, read()} of each weight. */
  get weights() {
    return weightsOf(this.number);
  }
  get trainableWeights() {
    return this.weights.filter((weight) => weight.trainable);
  }
  get nonTrainableWeights() {
    return this.weights.filter((weight) => !weight.trainable);
  }
  countParams() {
    return this.#about().paramCount;
  }
  getWeights(trainableOnly = false) {
    return readWeights(this.number, trainableOnly);
  }
  setWeights(weights) {
    writeWeights(this.number, weights);
  }

  /** What made the layer, in JavaScript's spelling. */
  getConfig() {
    return inCamelCase(this.described().config);
  }
  /** As model.json has it. */
  described() {
    return {
      class_name: this.getClassName(),
      config: call('layer_config', { layer: this.number }),
    };
  }
  resetStates() {
    call('reset_layer_states', { layer: this.number });
  }
  /** Harmless: what a layer holds goes when nobody holds the layer, nor a model with it. */
  dispose() {}

  /** Gives the weights of the option `weights` to a layer that has just been built. */
  settle() {
    if (this.#initialWeights === null || !this.built) return;
    const weights = this.#initialWeights;
    this.#initialWeights = null;
    this.setWeights(weights);
  }

  #about() {
    return call('describe_layer', { layer: this.number });
  }
  #tensors() {
    const { inputs, outputs } = call('layer_tensors', { layer: this.number });
    return { inputs: inputs.map(symbolicTensorOf), outputs: outputs.map(symbolicTensorOf) };
  }
}

let modelOfLayer = null;

/** How a layer that is a model becomes one: `make(number)`. Models build on layers, so they give it. */
export function setModelOfLayer(make) {
  modelOfLayer = make;
}

/** The layer that the core knows by this number. */
export function layerOf(number) {
  return objects.get(number, () => {
    const { isModel } = call('describe_layer', { layer: number });
    return isModel ? modelOfLayer(number) : new Layer(number);
  });
}

/** Makes a model the object that stands for its network wherever that is a layer. */
export function adoptNetwork(model) {
  return objects.add(model.number, model);
}

export function newLayer(className, config, what, initialWeights) {
  const number = call('make_layer', { className, config, what });
  return objects.add(number, new Layer(number, initialWeights));
}
