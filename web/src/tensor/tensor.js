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
    return this.rank < 5 ? String(this.rank) : 'higher';
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
  /** The values in nested arrays; a number for a scalar. Of complex64, real and imaginary in turn. */
  arraySync() {
    const values = this.#open();
    if (this.dtype === 'complex64') return nest([...this.shape, 2], values, 1);
    return nest(this.shape, values, 0);
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
  as2D(rows, columns) {
    return this.reshape([rows, columns]);
  }
  as3D(...shape) {
    return this.reshape(shape);
  }
  as4D(...shape) {
    return this.reshape(shape);
  }
  asScalar() {
    return this.reshape([]);
  }
  /** An axis of length 1 more, before `axis`; -1 is after the last. */
  expandDims(axis = 0) {
    const place = axis < 0 ? axis + this.rank + 1 : axis;
    if (!Number.isInteger(axis) || place < 0 || place > this.rank) {
      throw new Error(
        `expandDims: axis must be from ${-this.rank - 1} to ${this.rank} for the shape ` +
          `[${this.shape}], but is ${axis}`,
      );
    }
    return this.reshape([...this.shape.slice(0, place), 1, ...this.shape.slice(place)]);
  }
  /** Without the axes of length 1, or without those of `axes`, which must have that length. */
  squeeze(axes) {
    const places = axes?.map((axis) => (axis < 0 ? axis + this.rank : axis));
    for (const [i, place] of (places ?? []).entries()) {
      if (this.shape[place] === 1) continue;
      throw new Error(
        `squeeze: axis ${axes[i]} of the shape [${this.shape}] should have length 1, ` +
          `but has ${this.shape[place] ?? 'none'}`,
      );
    }
    const isGone = (dim, axis) => (places ? places.includes(axis) : dim === 1);
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

  /**
   * Copies tensors into the core, for one call that takes them; all of them or, when one is
   * disposed, none.
   * @param {Tensor[]} tensors
   */
  static giveAll(tensors) {
    for (const tensor of tensors) tensor.#open();
    return tensors.map((tensor) => tensor.#give());
  }

  #give() {
    const values = this.#open();
    const head = { dtype: this.dtype, shape: this.shape };
    return this.dtype === 'string' ? { ...head, values } : { ...head, bytes: give(values) };
  }

  #open() {
    if (this.#values === null) throw new Error('Tensor is disposed.');
    return this.#values;
  }
}

/** `values` in nested arrays, but for the last `flatAxes` axes, which stay in the one before them. */
function nest(shape, values, flatAxes) {
  const last = Math.max(0, shape.length - flatAxes - 1);
  const at = (axis, offset) => {
    if (axis === shape.length) return values[offset];
    const stride = sizeOf(shape.slice(axis + 1));
    if (axis === last) return Array.from(values.slice(offset, offset + shape[axis] * stride));
    return Array.from({ length: shape[axis] }, (_, i) => at(axis + 1, offset + i * stride));
  };
  return at(0, 0);
}

/** The tensor that the core's last call lent, copied. */
export function tensorFromCore({ dtype, shape, bytes, values }) {
  const own = dtype === 'string' ? values : new (arrayTypeOf(dtype))(copyOf(bytes));
  return new Tensor(own, shape, dtype);
}
