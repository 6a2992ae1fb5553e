// tf.Tensor and the types around it: ranks, dtypes, and what tensors are made of.

/** Names of ranks, as in `tf.Tensor<tf.Rank.R2>`. They are types only. */
export declare namespace Rank {
  type R0 = 'R0';
  type R1 = 'R1';
  type R2 = 'R2';
  type R3 = 'R3';
  type R4 = 'R4';
  type R5 = 'R5';
  type R6 = 'R6';
}
export type Rank = Rank.R0 | Rank.R1 | Rank.R2 | Rank.R3 | Rank.R4 | Rank.R5 | Rank.R6;

export interface ShapeMap {
  R0: number[];
  R1: [number];
  R2: [number, number];
  R3: [number, number, number];
  R4: [number, number, number, number];
  R5: [number, number, number, number, number];
  R6: [number, number, number, number, number, number];
}

/** The nested arrays that `array()` gives. */
export interface ArrayMap {
  R0: number;
  R1: number[];
  R2: number[][];
  R3: number[][][];
  R4: number[][][][];
  R5: number[][][][][];
  R6: number[][][][][][];
}

/** The flat values of each dtype; complex64 has real and imaginary parts in turn. */
export interface DataTypeMap {
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
  complex64: Float32Array;
  string: string[];
}
export type DataType = keyof DataTypeMap;
export type NumericDataType = 'float32' | 'int32' | 'bool' | 'complex64';

export type TypedArray = Float32Array | Int32Array | Uint8Array;
export type ScalarLike = number | boolean | string;
type Flat = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array
  | Uint16Array | Uint8Array | Uint8ClampedArray;
export type RecursiveArray<T> = readonly (T | RecursiveArray<T>)[];
/** Values that a tensor can be made of: one, nested arrays of one depth, or a typed array. */
export type TensorLike = ScalarLike | Flat | RecursiveArray<number | Flat>
  | RecursiveArray<boolean> | RecursiveArray<string>;
export type TensorLike1D = Flat | readonly number[] | readonly boolean[] | readonly string[];
export type TensorLike2D = TensorLike1D | readonly TensorLike1D[];
export type TensorLike3D = TensorLike1D | readonly (readonly TensorLike1D[])[];
export type TensorLike4D = TensorLike1D | readonly (readonly (readonly TensorLike1D[])[])[];
export type TensorLike5D = TensorLike1D
  | readonly (readonly (readonly (readonly TensorLike1D[])[])[])[];
export type TensorLike6D = TensorLike1D
  | readonly (readonly (readonly (readonly (readonly TensorLike1D[])[])[])[])[];

/**
 * Values of one dtype in a shape. They never change, lie in JavaScript's memory and are garbage
 * collected, so nothing leaks when `dispose()` is forgotten.
 *
 * Made by `tf.tensor()` and its kin; the constructor takes flat values as they are.
 */
export declare class Tensor<R extends Rank = Rank> {
  constructor(values: TypedArray | string[], shape: number[], dtype: DataType);

  readonly shape: ShapeMap[R];
  readonly dtype: DataType;
  /** A number of its own. */
  readonly id: number;
  readonly rank: number;
  readonly rankType: string;
  /** Elements in all. */
  readonly size: number;
  /** Elements between neighbours, of each axis but the last. */
  readonly strides: number[];
  readonly isDisposed: boolean;

  /** A copy of the values, flat, in row-major order. */
  data<D extends DataType = NumericDataType>(): Promise<DataTypeMap[D]>;
  dataSync<D extends DataType = NumericDataType>(): DataTypeMap[D];
  /** The values in nested arrays; a number for a scalar. */
  array(): Promise<ArrayMap[R]>;
  arraySync(): ArrayMap[R];
  /** The bytes of the values; of strings a list, UTF-8. */
  bytes(): Promise<Uint8Array | Uint8Array[]>;

  clone(): Tensor<R>;
  /** The same values under another shape; one dimension may be -1. Throws when sizes differ. */
  reshape<S extends Rank>(shape: ShapeMap[S]): Tensor<S>;
  reshape(shape: number[]): Tensor;
  flatten(): Tensor1D;
  as1D(): Tensor1D;
  as2D(rows: number, columns: number): Tensor2D;
  as3D(rows: number, columns: number, depth: number): Tensor3D;
  as4D(rows: number, columns: number, depth: number, depth2: number): Tensor4D;
  /** Throws when there is more than one element. */
  asScalar(): Scalar;
  /** An axis of length 1 more, before `axis` (0 if not given; -1 is after the last). */
  expandDims<S extends Rank = Rank>(axis?: number): Tensor<S>;
  /** Without the axes of length 1, or those of `axes`. Throws when one of these is longer. */
  squeeze<S extends Rank = Rank>(axes?: number[]): Tensor<S>;
  /** Throws from and to strings, and from complex64. */
  cast(dtype: DataType): Tensor<R>;
  asType(dtype: DataType): Tensor<R>;
  toFloat(): Tensor<R>;
  toInt(): Tensor<R>;
  toBool(): Tensor<R>;

  /** The values as text; with dtype and shape when `verbose`. */
  toString(verbose?: boolean): string;
  /** Logs `toString()`. */
  print(verbose?: boolean): void;
  /** Lets go of the values now; using the tensor afterwards throws. */
  dispose(): void;
}

export type Scalar = Tensor<Rank.R0>;
export type Tensor1D = Tensor<Rank.R1>;
export type Tensor2D = Tensor<Rank.R2>;
export type Tensor3D = Tensor<Rank.R3>;
export type Tensor4D = Tensor<Rank.R4>;
export type Tensor5D = Tensor<Rank.R5>;
export type Tensor6D = Tensor<Rank.R6>;

export type NamedTensorMap = { [name: string]: Tensor };
export interface NamedTensor {
  name: string;
  tensor: Tensor;
}

export {};
