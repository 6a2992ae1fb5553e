// tf.SymbolicTensor: the output of a layer before there are numbers.

import { CoreObjects } from '../core/objects.js';
import { call } from '../core/wasm.js';
import { layerOf } from './layer.js';

const objects = new CoreObjects('release_symbolic_tensor', 'tensor');

export class SymbolicTensor {
  /** Made by tf.input() and layer.apply(). */
  constructor(number) {
    this.number = number;
    const about = call('describe_symbolic_tensor', { tensor: number });
    this.shape = about.shape;
    this.dtype = about.dtype;
    this.name = about.name;
    this.nodeIndex = about.nodeIndex;
    this.tensorIndex = about.tensorIndex;
    this.outputTensorIndex = about.tensorIndex;
    this.sourceLayer = layerOf(about.layer);
  }
  get rank() {
    return this.shape.length;
  }
}

export function symbolicTensorOf(number) {
  return objects.add(number, new SymbolicTensor(number));
}
