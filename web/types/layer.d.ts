// tf.layers.Layer and tf.SymbolicTensor: what models are built from. The functions that make layers
// are in layers.d.ts.

import type { DataType, Rank, Tensor } from './tensor.js';

/** Lengths of axes, null where unknown: `[null, 28, 28, 1]` is a batch of any size. */
export type Shape = Array<number | null>;

/** A config as getConfig() gives it: plain JSON. */
export interface ConfigDict {
  [key: string]: any;
}

/** The output of a layer before there are numbers. Made by `tf.input()` and `layer.apply()`. */
export declare class SymbolicTensor {
  protected constructor();
  readonly shape: Shape;
  readonly dtype: DataType;
  /** That of its layer. */
  readonly name: string;
  readonly rank: number;
  readonly sourceLayer: Layer;
  /** Which call of the layer it came from. */
  readonly nodeIndex: number;
  /** Which output of that call it is. */
  readonly tensorIndex: number;
  readonly outputTensorIndex: number;
}

/** What `tf.input()` takes: exactly one of `shape` and `batchShape`. */
export interface InputConfig {
  /** Without the batch axis; null where unknown. */
  shape?: Shape;
  /** With the batch axis. */
  batchShape?: Shape;
  name?: string;
  /** float32 if not given; what is fed is cast to it. */
  dtype?: DataType;
  sparse?: boolean;
}
/** An input of a functional model. */
export declare function input(config: InputConfig): SymbolicTensor;

/** A weight of a layer. */
export interface LayerVariable {
  /** As files have it: 'dense_Dense1/kernel'. */
  readonly name: string;
  readonly shape: number[];
  readonly dtype: DataType;
  readonly trainable: boolean;
  /** The values it has now. */
  read(): Tensor;
}

export interface ApplyOptions {
  /** For Tensors only: computes as in training. */
  training?: boolean;
  /** Of recurrent layers: one tensor per state. */
  initialState?: SymbolicTensor | SymbolicTensor[] | Tensor | Tensor[];
}

/** A layer, made by a function of tf.layers; models are layers too. */
export declare class Layer {
  protected constructor();
  readonly name: string;
  readonly dtype: DataType;
  /** Whether it has its weights: from its first call on. */
  readonly built: boolean;
  /** Whether it keeps a state between calls. */
  readonly stateful: boolean;
  readonly batchInputShape: Shape | undefined;
  /** That of the first call. Throws before it. */
  readonly outputShape: Shape | Shape[];
  /** What its only call takes. Throws when there was none, or several. */
  readonly input: SymbolicTensor | SymbolicTensor[];
  /** What its only call gives. Throws when there was none, or several. */
  readonly output: SymbolicTensor | SymbolicTensor[];
  /** Of a model: sets it on all layers inside. */
  trainable: boolean;

  /**
   * Wires the layer into a model. Layers with several outputs (`returnState`, models) give an
   * array. Throws when the shapes do not fit.
   */
  apply<T extends SymbolicTensor | SymbolicTensor[] = SymbolicTensor>(
    inputs: SymbolicTensor | SymbolicTensor[], options?: ApplyOptions): T;
  /** Computes the output of tensors. Throws when the shapes do not fit. */
  apply<T extends Tensor | Tensor[] = Tensor>(
    inputs: Tensor | Tensor[], options?: ApplyOptions): T;
  computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[];

  /** In the order of files: trainable ones first. */
  readonly weights: LayerVariable[];
  readonly trainableWeights: LayerVariable[];
  readonly nonTrainableWeights: LayerVariable[];
  /** Numbers in all weights. */
  countParams(): number;
  getWeights(trainableOnly?: boolean): Tensor<Rank>[];
  /** All or none. Throws when number, shapes or dtypes differ. */
  setWeights(weights: Tensor[]): void;

  /** What it was made from, defaults included. */
  getConfig(): ConfigDict;
  /** 'Dense'. */
  getClassName(): string;
  /** Of a stateful layer. */
  resetStates(): void;
  /** Not needed: layers go when nobody holds them. */
  dispose(): void;
}
