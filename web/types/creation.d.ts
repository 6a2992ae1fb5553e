// tf.tensor() and its kin. All throw when rows differ in length, when the values are not as many as
// the shape has elements, or when they cannot be of the dtype.

import type {
  DataType, Rank, Scalar, ScalarLike, ShapeMap, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D,
  Tensor5D, Tensor6D, TensorLike, TensorLike1D, TensorLike2D, TensorLike3D, TensorLike4D,
  TensorLike5D, TensorLike6D,
} from './tensor.js';

/**
 * @param values nested arrays, a typed array, or one value
 * @param shape that of the values if not given; needed when they are flat and are no vector
 * @param dtype that of the values if not given: numbers are float32, integer arrays int32
 */
export declare function tensor<R extends Rank>(
  values: TensorLike, shape?: ShapeMap[R], dtype?: DataType): Tensor<R>;
export declare function scalar(value: ScalarLike, dtype?: DataType): Scalar;
export declare function tensor1d(values: TensorLike1D, dtype?: DataType): Tensor1D;
/** Flat values need a shape: `tf.tensor2d([1, 2, 3, 4], [2, 2])`. So do those of further ranks. */
export declare function tensor2d(
  values: TensorLike2D, shape?: [number, number], dtype?: DataType): Tensor2D;
export declare function tensor3d(
  values: TensorLike3D, shape?: [number, number, number], dtype?: DataType): Tensor3D;
export declare function tensor4d(
  values: TensorLike4D, shape?: [number, number, number, number], dtype?: DataType): Tensor4D;
export declare function tensor5d(
  values: TensorLike5D, shape?: ShapeMap['R5'], dtype?: DataType): Tensor5D;
export declare function tensor6d(
  values: TensorLike6D, shape?: ShapeMap['R6'], dtype?: DataType): Tensor6D;

/** complex64 of two real parts of one shape. */
export declare function complex<T extends Tensor>(
  real: T | TensorLike, imag: T | TensorLike): T;

export declare function fill<R extends Rank>(
  shape: ShapeMap[R], value: ScalarLike, dtype?: DataType): Tensor<R>;
/** float32 if no dtype is given. */
export declare function zeros<R extends Rank>(shape: ShapeMap[R], dtype?: DataType): Tensor<R>;
/** float32 if no dtype is given. */
export declare function ones<R extends Rank>(shape: ShapeMap[R], dtype?: DataType): Tensor<R>;
export declare function zerosLike<T extends Tensor>(x: T): T;
export declare function onesLike<T extends Tensor>(x: T): T;

/** Even random numbers from `minval` (0) up to but without `maxval` (1). */
export declare function randomUniform<R extends Rank>(
  shape: ShapeMap[R], minval?: number, maxval?: number, dtype?: 'float32' | 'int32' | 'bool',
): Tensor<R>;
/** Normally distributed random numbers, of mean 0 and standard deviation 1 if not given. */
export declare function randomNormal<R extends Rank>(
  shape: ShapeMap[R], mean?: number, stdDev?: number, dtype?: 'float32' | 'int32'): Tensor<R>;
