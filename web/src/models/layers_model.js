// tf.LayersModel and tf.Sequential.

import { CoreObjects } from '../core/objects.js';
import { call, joinedCopyOf } from '../core/wasm.js';
import { saveHandler } from '../io/router.js';
import { adoptNetwork, layerOf, Layer, setModelOfLayer } from '../layers/layer.js';
import { SymbolicTensor, symbolicTensorOf } from '../layers/symbolic_tensor.js';
import { Tensor, tensorFromCore } from '../tensor/tensor.js';
import { getThreadsCount } from '../threads_count.js';

const objects = new CoreObjects('release_model', 'model');

const single = (list) => (list.length === 1 ? list[0] : list);

/** A model is a layer too: it can be added to another model, or applied. */
export class LayersModel extends Layer {
  #model;

  /** Made by tf.model(), tf.sequential() and tf.loadLayersModel(). */
  constructor(model) {
    super(call('describe_model', { model }).network);
    this.#model = model;
  }

  get inputs() {
    return call('model_inputs', { model: this.#model }).map(symbolicTensorOf);
  }
  get outputs() {
    return call('model_outputs', { model: this.#model }).map(symbolicTensorOf);
  }
  get input() {
    return single(this.inputs);
  }
  get output() {
    return single(this.outputs);
  }
  get inputNames() {
    return this.#about().inputNames;
  }
  get outputNames() {
    return this.#about().outputNames;
  }
  get layers() {
    return call('model_layers', { model: this.#model }).map(layerOf);
  }
  get outputShape() {
    return single(this.outputs.map((output) => output.shape));
  }
  get inputShape() {
    return single(this.inputs.map((input) => input.shape));
  }

  /** By name, or by place when the name is a number or absent. */
  getLayer(name, index) {
    const { layers } = this;
    if (name == null && index === undefined) {
      throw new Error('Provide either a layer name or layer index');
    }
    const place = typeof name === 'number' ? name : index;
    if (place !== undefined) {
      if (layers[place]) return layers[place];
      throw new Error(`Was asked to retrieve layer at index ${place}, but model only has ${layers.length} layer(s).`);
    }
    const found = layers.find((layer) => layer.name === name);
    if (found) return found;
    const names = layers.map((layer) => layer.name).join(', ');
    throw new Error(`No such layer: ${name}; the model has ${names}`);
  }

  /**
   * Prints a row per layer.
   * @param {number} [lineLength] not needed: columns are as wide as their text
   * @param {number[]} [positions] likewise
   * @param {(line: string) => void} [printFn]
   */
  summary(lineLength, positions, printFn = console.log) {
    for (const line of call('summarize', { model: this.#model }).trimEnd().split('\n')) printFn(line);
  }

  /**
   * @param {Tensor|Tensor[]|Object<string, Tensor>} x one tensor per input, batch axis first
   * @param {{batchSize?: number}} [args]
   * @return {Tensor|Tensor[]}
   */
  predict(x, args) {
    const { batchSize } = args ?? {};
    const inputs = Tensor.giveAll(this.#listOf(x));
    const how = { batchSize, threads: getThreadsCount() };
    return single(call('predict', { model: this.#model, inputs, ...how }).map(tensorFromCore));
  }
  predictOnBatch(x) {
    return this.predict(x, { batchSize: this.#listOf(x)[0].shape[0] || 1 });
  }

  /**
   * @param {string|object} target a URL, or an IOHandler with `save`
   * @param {{includeOptimizer?: boolean, trainableOnly?: boolean}} [config]
   * @return {Promise<object>} SaveResult
   */
  async save(target, config = {}) {
    return saveHandler(target).save(this.artifacts(config));
  }

  /** What save() hands to a handler: stock's ModelArtifacts. */
  artifacts(config) {
    const { includeOptimizer, trainableOnly } = config ?? {};
    const options = { model: this.#model, includeOptimizer, trainableOnly };
    const { artifacts, weightData } = call('save_model', options);
    return { ...artifacts, weightData: joinedCopyOf(weightData) };
  }

  /**
   * Lets the model's memory go at once, not when nobody holds the model any more; it cannot be used
   * afterwards, nor can its layers, but those that are in other models too.
   * @return {{refCountAfterDispose: number, numDisposedVariables: number}}
   */
  dispose() {
    const numDisposedVariables = this.weights.length;
    call('dispose_model', { model: this.#model });
    return { refCountAfterDispose: 0, numDisposedVariables };
  }

  toJSON(unused, returnString = true) {
    const { modelTopology } = this.artifacts();
    return returnString ? JSON.stringify(modelTopology) : modelTopology;
  }
  getUserDefinedMetadata() {
    return call('user_defined_metadata', { model: this.#model }) ?? undefined;
  }
  setUserDefinedMetadata(metadata) {
    checkPlain(metadata, 'userDefinedMetadata');
    call('set_user_defined_metadata', { model: this.#model, metadata });
  }

  /** @protected */
  addToCore(layer) {
    call('add_layer', { model: this.#model, layer: layer.number });
  }

  #about() {
    return call('describe_model', { model: this.#model });
  }

  #listOf(x) {
    const list = Array.isArray(x) ? x : x instanceof Tensor ? [x] : this.#byName(x);
    for (const input of list) {
      if (input instanceof Tensor) continue;
      throw new Error(`predict: expected tensors, got ${input === null ? null : typeof input}`);
    }
    return list;
  }

  #byName(x) {
    if (x === null || typeof x !== 'object') return [x];
    return this.inputNames.map((name) => {
      if (x[name] === undefined) {
        throw new Error(`No data provided for "${name}". Need data for each key in: ${this.inputNames}`);
      }
      return x[name];
    });
  }
}

export class Sequential extends LayersModel {
  /** @param {Layer} layer goes on top of those that are there */
  add(layer) {
    if (!(layer instanceof Layer)) throw new Error('add: expected a layer of tf.layers or a model');
    this.addToCore(layer);
    layer.settle();
  }
}

/** A new object for the model that the core knows by this number. */
function newModel(number) {
  const { className } = call('describe_model', { model: number });
  const Model = className === 'Sequential' ? Sequential : LayersModel;
  return objects.add(number, new Model(number));
}

/** The object of a model that the core has just made. */
export function modelOf(number) {
  return adoptNetwork(newModel(number));
}

setModelOfLayer((layer) => newModel(call('model_of_layer', { layer })));

/** @param {{layers?: Layer[], name?: string}} [config] */
export function sequential(config) {
  const { layers, name } = config ?? {};
  const model = modelOf(call('make_sequential', { name }));
  for (const layer of layers ?? []) model.add(layer);
  return model;
}

/** @param {{inputs: SymbolicTensor|SymbolicTensor[], outputs: SymbolicTensor|SymbolicTensor[], name?: string}} config */
export function model({ inputs, outputs, name }) {
  const numbers = (tensors, what) =>
    (Array.isArray(tensors) ? tensors : [tensors]).map((tensor) => {
      if (tensor instanceof SymbolicTensor) return tensor.number;
      throw new Error(`tf.model: ${what} must be SymbolicTensors, as tf.input() and layer.apply() give`);
    });
  return modelOf(
    call('make_functional', {
      inputs: numbers(inputs, 'inputs'),
      outputs: numbers(outputs, 'outputs'),
      name,
    }),
  );
}

/** JSON would silently lose what is not plain: functions, dates, maps. */
function checkPlain(value, where) {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return;
  if (Array.isArray(value)) {
    value.forEach((element, i) => checkPlain(element, `${where}[${i}]`));
  } else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, inner] of Object.entries(value)) checkPlain(inner, `${where}.${key}`);
  } else {
    throw new Error(`${where} must be plain JSON, but is a ${value?.constructor?.name ?? typeof value}`);
  }
}
