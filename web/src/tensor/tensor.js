// tf.Tensor. Its values lie in JavaScript's memory, so nothing leaks when dispose() is forgotten;
// they cross into the core when a model runs.

import { copyOf, give } from '../core/wasm.js';
import { formatTensor } from './format.js';
import { arrayTypeOf, checkShape, sizeOf } from './infer.js';

let lastId = 0;

export class Tensor {
  #values;

  /**
   * Made by tf.tensor() and its kin.
   * @param {Float32Array|Int32Array|Uint8Array|string[]} values in row-major order; complex64: pairs
   * @param {number[]} shape
   * @param {'float32'|'int32'|'bool'|'string'|'complex64'} dtype
   */
  constructor(values, shape, dtype) {
    const perElement = dtype === 'complex64' ? 2 : 1;
    if (values.length !== sizeOf(checkShape(shape)) * perElement) {
      throw new Error(
        `A tensor of shape [${shape}] has ${sizeOf(shape)} elements, ` +
          `but ${values.length / perElement} were given`,
      );
    }
    this.#values = values;
    this.shape = Object.freeze([...shape]);
    this.dtype = dtype;
    this.id = ++lastId;
  }

  get rank() {
    return this.shape.length;
  }
  get rankType() {
    return String(this.rank);
  }
  get size() {
    return sizeOf(this.shape);
  }
  get strides() {
    return this.shape.slice(1).map((_, axis) => sizeOf(this.shape.slice(axis + 1)));
  }
  get isDisposed() {
    return this.#values === null;
  }

  /** Lets go of the values now. Not needed: they are garbage collected like any object. */
  dispose() {
    this.#values = null;
  }

  /** A copy of the values, flat. */
  dataSync() {
    return this.#open().slice();
  }
  async data() {
    return this.dataSync();
  }
  /** The values in nested arrays; a number for a scalar. */
  arraySync() {
    const values = this.#open();
    const isBool = this.dtype === 'bool';
    const at =
      this.dtype === 'complex64'
        ? (i) => ({ real: values[2 * i], imag: values[2 * i + 1] })
        : (i) => (isBool ? (values[i] ? 1 : 0) : values[i]);
    const nested = (axis, offset) => {
      if (axis === this.rank) return at(offset);
      const stride = sizeOf(this.shape.slice(axis + 1));
      return Array.from({ length: this.shape[axis] }, (_, i) =>
        nested(axis + 1, offset + i * stride),
      );
    };
    return nested(0, 0);
  }
  async array() {
    return this.arraySync();
  }
  async bytes() {
    const values = this.#open();
    if (this.dtype === 'string') return values.map((text) => new TextEncoder().encode(text));
    return new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
  }

  clone() {
    return new Tensor(this.#open(), this.shape, this.dtype);
  }
  /** The same values under another shape; one dimension may be -1. */
  reshape(shape) {
    const known = shape.reduce((size, dim) => (dim === -1 ? size : size * dim), 1);
    const whole = shape.map((dim) => (dim === -1 ? this.size / known : dim));
    if (sizeOf(whole) !== this.size || shape.filter((dim) => dim === -1).length > 1) {
      throw new Error(`Cannot reshape [${this.shape}] (${this.size} elements) to [${shape}]`);
    }
    return new Tensor(this.#open(), whole, this.dtype);
  }
  flatten() {
    return this.reshape([this.size]);
  }
  as1D() {
    return this.flatten();
  }
  asScalar() {
    return this.reshape([]);
  }
  expandDims(axis = 0) {
    const shape = [...this.shape];
    shape.splice(axis < 0 ? axis + this.rank + 1 : axis, 0, 1);
    return this.reshape(shape);
  }
  squeeze(axes) {
    const isGone = (dim, axis) => (axes ? axes.includes(axis) : dim === 1);
    return this.reshape(this.shape.filter((dim, axis) => !isGone(dim, axis)));
  }
  cast(dtype) {
    if (dtype === this.dtype) return this.clone();
    if (dtype === 'string' || this.dtype === 'string' || this.dtype === 'complex64') {
      throw new Error(`Cannot cast a tensor from ${this.dtype} to ${dtype}`);
    }
    const ArrayType = arrayTypeOf(dtype);
    const convert = dtype === 'bool' ? (value) => (value ? 1 : 0) : (value) => value;
    return new Tensor(ArrayType.from(this.#open(), convert), this.shape, dtype);
  }
  asType(dtype) {
    return this.cast(dtype);
  }
  toFloat() {
    return this.cast('float32');
  }
  toInt() {
    return this.cast('int32');
  }
  toBool() {
    return this.cast('bool');
  }

  toString(verbose = false) {
    return formatTensor({ values: this.#open(), shape: this.shape, dtype: this.dtype }, verbose);
  }
  print(verbose = false) {
    console.log(this.toString(verbose));
  }

  /** Copies the tensor into the core, for one call that takes it. */
  give() {
    const values = this.#open();
    const head = { dtype: this.dtype, shape: this.shape };
    return this.dtype === 'string' ? { ...head, values } : { ...head, bytes: give(values) };
  }

  #open() {
    if (this.#values === null) throw new Error('Tensor is disposed.');
    return this.#values;
  }
}

/** The tensor that the core's last call lent, copied. */
export function tensorFromCore({ dtype, shape, bytes, values }) {
  const own = dtype === 'string' ? values : new (arrayTypeOf(dtype))(copyOf(bytes));
  return new Tensor(own, shape, dtype);
}
