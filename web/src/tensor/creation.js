// tf.tensor() and its kin.

import { arrayTypeOf, checkShape, flatten, inferDtype, inferShape, sizeOf } from './infer.js';
import { Tensor } from './tensor.js';

/**
 * @param values a number, boolean or string, nested arrays of them, or a typed array
 * @param {number[]} [shape] needed for a flat list that is more than a vector
 * @param {string} [dtype] as the values when not given
 */
export function tensor(values, shape, dtype) {
  checkGiven(values);
  const type = dtype ?? inferDtype(values);
  if (type === 'complex64') {
    throw new Error('Cannot construct a complex64 tensor directly. Please use tf.complex(real, imag).');
  }
  const inferred = inferShape(values);
  const wanted = shape ?? inferred;
  if (inferred.length > 1 && shape && !sameShape(inferred, shape)) {
    throw new Error(
      `Error creating a new Tensor. Inferred shape (${inferred}) does not match ` +
        `the provided shape (${shape}).`,
    );
  }
  const flat = flatten(values, type);
  // A tensor never changes; a typed array of the caller's may.
  return new Tensor(flat === values ? flat.slice() : flat, wanted, type);
}

function checkGiven(values) {
  if (values !== null && values !== undefined) return;
  throw new Error('The input to the tensor constructor must be a non-null value.');
}

function sameShape(a, b) {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

function ofRank(rank) {
  return (values, shape, dtype) => {
    checkGiven(values);
    if (shape && shape.length !== rank) {
      throw new Error(`tensor${rank}d() requires shape to have ${rank} numbers, got [${shape}]`);
    }
    const inferred = inferShape(values);
    if (inferred.length !== rank && inferred.length !== 1) {
      throw new Error(`tensor${rank}d() requires values to be number[]${'[]'.repeat(rank - 1)} or flat`);
    }
    if (inferred.length === 1 && rank > 1 && !shape) {
      throw new Error(`tensor${rank}d() requires shape to be provided when values are flat`);
    }
    return tensor(values, shape, dtype);
  };
}

export function scalar(value, dtype) {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new Error('scalar() requires a single value, but got a list');
  }
  return tensor(value, [], dtype);
}

export function tensor1d(values, dtype) {
  checkGiven(values);
  if (inferShape(values).length !== 1) throw new Error('tensor1d() requires values to be flat');
  return tensor(values, undefined, dtype);
}
export const tensor2d = ofRank(2);
export const tensor3d = ofRank(3);
export const tensor4d = ofRank(4);
export const tensor5d = ofRank(5);
export const tensor6d = ofRank(6);

/** @param {Tensor|number[]} realPart and @param {Tensor|number[]} imagPart of one shape */
export function complex(realPart, imagPart) {
  const floats = (x) => (x instanceof Tensor ? x.toFloat() : tensor(x, undefined, 'float32'));
  const [real, imag] = [floats(realPart), floats(imagPart)];
  if (!sameShape(real.shape, imag.shape)) {
    throw new Error(`complex: real has shape [${real.shape}], but imag [${imag.shape}]`);
  }
  const [re, im] = [real.dataSync(), imag.dataSync()];
  const pairs = new Float32Array(2 * re.length);
  re.forEach((value, i) => pairs.set([value, im[i]], 2 * i));
  return new Tensor(pairs, real.shape, 'complex64');
}

export function fill(shape, value, dtype) {
  const type = dtype ?? inferDtype(value);
  const values = new (arrayTypeOf(type))(sizeOf(checkShape(shape))).fill(value);
  return new Tensor(values, shape, type);
}
export function zeros(shape, dtype = 'float32') {
  return fill(shape, dtype === 'string' ? '' : 0, dtype);
}
export function ones(shape, dtype = 'float32') {
  return fill(shape, 1, dtype);
}
export function zerosLike(x) {
  return zeros(x.shape, x.dtype);
}
export function onesLike(x) {
  return ones(x.shape, x.dtype);
}

export function randomUniform(shape, min = 0, max = 1, dtype = 'float32') {
  const values = new (arrayTypeOf(dtype))(sizeOf(checkShape(shape)));
  return new Tensor(values.map(() => min + (max - min) * Math.random()), shape, dtype);
}
export function randomNormal(shape, mean = 0, stdDev = 1, dtype = 'float32') {
  // Box and Muller's transform.
  const normal = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return radius * Math.cos(2 * Math.PI * Math.random());
  };
  const values = new (arrayTypeOf(dtype))(sizeOf(checkShape(shape)));
  return new Tensor(values.map(() => mean + stdDev * normal()), shape, dtype);
}
