// The configs of tf.layers, by class. Words of Keras; where a default is not given here, the option is
// off, zero or the identity.

import type { Constraint } from './constraints.js';
import type { Initializer } from './initializers.js';
import type { Layer, Shape } from './layer.js';
import type { Regularizer } from './regularizers.js';
import type { DataType, Tensor } from './tensor.js';

/** Of a name that is known, or any other: `"relu" | (string & {})` completes, and forbids nothing. */
type Open<Known extends string> = Known | (string & {});

export type ActivationIdentifier = 'elu' | 'hardSigmoid' | 'linear' | 'logSoftmax' | 'relu' | 'relu6'
  | 'selu' | 'sigmoid' | 'softmax' | 'softplus' | 'softsign' | 'tanh' | 'swish' | 'mish' | 'gelu'
  | 'gelu_new' | 'silu' | 'exponential' | 'hardSilu' | 'leakyRelu';
export type InitializerIdentifier = Open<'constant' | 'glorotNormal' | 'glorotUniform' | 'heNormal'
  | 'heUniform' | 'identity' | 'leCunNormal' | 'leCunUniform' | 'ones' | 'orthogonal'
  | 'randomNormal' | 'randomUniform' | 'truncatedNormal' | 'varianceScaling' | 'zeros'>;
export type RegularizerIdentifier = Open<'l1l2'>;
export type ConstraintIdentifier = Open<'maxNorm' | 'minMaxNorm' | 'nonNeg' | 'unitNorm'>;
export type PaddingMode = 'valid' | 'same';
/** Images are [height, width, channels] ('channelsLast', the default) or [channels, height, width]. */
export type DataFormat = 'channelsLast' | 'channelsFirst';
export type InterpolationFormat = 'nearest' | 'bilinear';

type InitializerOption = InitializerIdentifier | Initializer;
type RegularizerOption = RegularizerIdentifier | Regularizer | null;
type ConstraintOption = ConstraintIdentifier | Constraint | null;

/** What all layers take. */
export interface LayerArgs {
  /** Of the samples, without the batch axis. Needed by the first layer of a Sequential model. */
  inputShape?: Shape;
  /** With the batch axis, instead of `inputShape`. */
  batchInputShape?: Shape;
  /** With `inputShape`: the length of the batch axis, if it is fixed. */
  batchSize?: number;
  dtype?: DataType;
  inputDType?: DataType;
  /** No other layer of the model may have it. If not given: 'dense_Dense1', and so on. */
  name?: string;
  /** True if not given. */
  trainable?: boolean;
  /** Its first weights, in the order of getWeights(). */
  weights?: Tensor[];
}

/** What layers that end with an activation and may have a bias take. */
interface BiasArgs extends LayerArgs {
  /** 'linear' if not given. */
  activation?: ActivationIdentifier;
  /** True if not given. */
  useBias?: boolean;
  biasInitializer?: InitializerOption;
  biasRegularizer?: RegularizerOption;
  biasConstraint?: ConstraintOption;
  /** Kept in files. */
  activityRegularizer?: RegularizerOption;
}
interface KernelArgs extends BiasArgs {
  /** 'glorotNormal' if not given. */
  kernelInitializer?: InitializerOption;
  kernelRegularizer?: RegularizerOption;
  kernelConstraint?: ConstraintOption;
}

export interface InputLayerArgs {
  /** Without the batch axis. Exactly one of this and `batchInputShape`. */
  inputShape?: Shape;
  batchSize?: number;
  batchInputShape?: Shape;
  dtype?: DataType;
  sparse?: boolean;
  name?: string;
}
export interface DenseLayerArgs extends KernelArgs {
  /** Length of the last axis of the output. */
  units: number;
  /** Instead of `inputShape: [inputDim]`. */
  inputDim?: number;
}
export interface ActivationLayerArgs extends LayerArgs {
  activation: ActivationIdentifier;
}
export interface DropoutLayerArgs extends LayerArgs {
  /** Part of the numbers that training sets to zero, from 0 to 1. */
  rate: number;
  /** Axes of length 1 are dropped as a whole. */
  noiseShape?: Shape;
  seed?: number;
}
export interface SpatialDropoutLayerArgs extends LayerArgs {
  /** Part of the channels that training sets to zero, from 0 to 1. */
  rate: number;
  seed?: number;
}
export interface FlattenLayerArgs extends LayerArgs {
  dataFormat?: DataFormat;
}
export interface RepeatVectorLayerArgs extends LayerArgs {
  /** How often. */
  n: number;
}
export interface ReshapeLayerArgs extends LayerArgs {
  /** Without the batch axis; one length may be -1 or null: what is left. */
  targetShape: Shape;
}
export interface PermuteLayerArgs extends LayerArgs {
  /** Axes of the input in the order of the output, counted from 1; the batch axis stays. */
  dims: number[];
}
export interface EmbeddingLayerArgs extends LayerArgs {
  /** Inputs are integers from 0 up to but without this. */
  inputDim: number;
  /** Length of the vector that stands for one integer. */
  outputDim: number;
  /** 'randomUniform' if not given. */
  embeddingsInitializer?: InitializerOption;
  embeddingsRegularizer?: RegularizerOption;
  embeddingsConstraint?: ConstraintOption;
  activityRegularizer?: RegularizerOption;
  /** Zero stands for nothing, and layers after this pass it over. */
  maskZero?: boolean;
  /** Integers in a sample, if that is fixed. */
  inputLength?: number | number[];
}
export interface MaskingArgs extends LayerArgs {
  /** Steps in which all numbers are this are passed over; 0 if not given. */
  maskValue?: number;
}

export interface ReLULayerArgs extends LayerArgs {
  maxValue?: number;
}
export interface LeakyReLULayerArgs extends LayerArgs {
  /** Slope below zero; 0.3 if not given. */
  alpha?: number;
}
export interface PReLULayerArgs extends LayerArgs {
  /** Of the slopes below zero, which are weights. */
  alphaInitializer?: InitializerOption;
  alphaRegularizer?: RegularizerOption;
  alphaConstraint?: ConstraintOption;
  /** Axes, counted from 1, along which the slopes are the same. */
  sharedAxes?: number | number[];
}
export interface ELULayerArgs extends LayerArgs {
  /** 1 if not given. */
  alpha?: number;
}
export interface ThresholdedReLULayerArgs extends LayerArgs {
  /** 1 if not given. */
  theta?: number;
}
export interface SoftmaxLayerArgs extends LayerArgs {
  /** 1 if not given, as in TensorFlow.js; -1 is the last one. */
  axis?: number | number[];
}

type Sizes<Tuple> = number | Tuple;
type Sizes1D = Sizes<[number]>;
type Sizes2D = Sizes<[number, number]>;
type Sizes3D = Sizes<[number, number, number]>;

interface WindowArgs<S> {
  /** In pixels (steps); one number stands for all axes. */
  kernelSize: S | number[];
  /** 1 if not given. */
  strides?: S | number[];
  /** 'valid' if not given. */
  padding?: PaddingMode;
  dataFormat?: DataFormat;
}
interface ConvLayerArgs<S> extends KernelArgs, WindowArgs<S> {
  /** Channels of the output. */
  filters: number;
  /** 1 (dense) if not given; not with strides above 1. */
  dilationRate?: S | number[];
}
/** Input [batch, steps, channels]. */
export interface Conv1DLayerArgs extends Omit<ConvLayerArgs<Sizes1D>, 'padding'> {
  /** 'valid' if not given; 'causal' looks back only. */
  padding?: PaddingMode | 'causal';
}
/** Input [batch, height, width, channels]. */
export interface Conv2DLayerArgs extends ConvLayerArgs<Sizes2D> {}
/** Input [batch, depth, height, width, channels]. */
export interface Conv3DLayerArgs extends ConvLayerArgs<Sizes3D> {}
export interface Conv2DTransposeLayerArgs extends Omit<Conv2DLayerArgs, 'dilationRate'> {}
export interface Conv3DTransposeLayerArgs extends Omit<Conv3DLayerArgs, 'dilationRate'> {}

interface DepthwiseArgs extends BiasArgs, WindowArgs<Sizes2D> {
  dilationRate?: Sizes2D | number[];
  /** Outputs of each channel; 1 if not given. */
  depthMultiplier?: number;
  depthwiseInitializer?: InitializerOption;
  depthwiseRegularizer?: RegularizerOption;
  depthwiseConstraint?: ConstraintOption;
}
export interface DepthwiseConv2DLayerArgs extends DepthwiseArgs {}
export interface SeparableConv2DLayerArgs extends DepthwiseArgs {
  /** Channels of the output. */
  filters: number;
  pointwiseInitializer?: InitializerOption;
  pointwiseRegularizer?: RegularizerOption;
  pointwiseConstraint?: ConstraintOption;
}

type Pair = [number, number];
/** Steps cut from the beginning and the end. */
export interface Cropping1DLayerArgs extends LayerArgs {
  cropping: number | Pair;
}
/** Rows cut from top and bottom, columns from left and right. */
export interface Cropping2DLayerArgs extends LayerArgs {
  cropping: number | Pair | [Pair, Pair];
  dataFormat?: DataFormat;
}
export interface Cropping3DLayerArgs extends LayerArgs {
  cropping: number | [number, number, number] | [Pair, Pair, Pair];
  dataFormat?: DataFormat;
}
export interface ZeroPadding1DLayerArgs extends LayerArgs {
  padding?: number | Pair;
}
/** Zeros added: one number for all sides, [height, width], or [[top, bottom], [left, right]]. */
export interface ZeroPadding2DLayerArgs extends LayerArgs {
  /** 1 if not given. */
  padding?: number | Pair | [Pair, Pair];
  dataFormat?: DataFormat;
}
export interface ZeroPadding3DLayerArgs extends LayerArgs {
  padding?: number | [number, number, number] | [Pair, Pair, Pair];
  dataFormat?: DataFormat;
}
export interface UpSampling1DLayerArgs extends LayerArgs {
  /** 2 if not given. */
  size?: Sizes1D;
}
export interface UpSampling2DLayerArgs extends LayerArgs {
  /** [2, 2] if not given. */
  size?: Sizes2D | number[];
  dataFormat?: DataFormat;
  /** 'nearest' if not given. */
  interpolation?: InterpolationFormat;
}
export interface UpSampling3DLayerArgs extends LayerArgs {
  /** [2, 2, 2] if not given. */
  size?: Sizes3D | number[];
  dataFormat?: DataFormat;
}

interface PoolingLayerArgs<S> extends LayerArgs {
  /** 2 if not given. */
  poolSize?: S | number[];
  /** `poolSize` if not given. */
  strides?: S | number[] | null;
  /** 'valid' if not given. */
  padding?: PaddingMode;
}
export interface Pooling1DLayerArgs extends PoolingLayerArgs<Sizes1D> {}
export interface Pooling2DLayerArgs extends PoolingLayerArgs<Sizes2D> {
  dataFormat?: DataFormat;
}
export interface Pooling3DLayerArgs extends PoolingLayerArgs<Sizes3D> {
  dataFormat?: DataFormat;
}
export interface GlobalPoolingLayerArgs extends LayerArgs {
  dataFormat?: DataFormat;
}

export interface ConcatenateLayerArgs extends LayerArgs {
  /** -1 (the last one) if not given. */
  axis?: number;
}
export interface DotLayerArgs extends LayerArgs {
  /** The axis that is summed over, of both inputs or of each. */
  axes: number | [number, number];
  /** Vectors are brought to length 1 before. */
  normalize?: boolean;
}

export interface BatchNormalizationLayerArgs extends LayerArgs {
  /** The axis of the channels; -1 (the last one) if not given. */
  axis?: number;
  /** 0.99 if not given. */
  momentum?: number;
  /** 0.001 if not given. */
  epsilon?: number;
  /** Whether there is a beta. True if not given. */
  center?: boolean;
  /** Whether there is a gamma. True if not given. */
  scale?: boolean;
  betaInitializer?: InitializerOption;
  gammaInitializer?: InitializerOption;
  movingMeanInitializer?: InitializerOption;
  movingVarianceInitializer?: InitializerOption;
  betaConstraint?: ConstraintOption;
  gammaConstraint?: ConstraintOption;
  betaRegularizer?: RegularizerOption;
  gammaRegularizer?: RegularizerOption;
}
export interface LayerNormalizationLayerArgs extends LayerArgs {
  /** The axes that are normalized; -1 (the last one) if not given. */
  axis?: number | number[];
  /** 0.001 if not given. */
  epsilon?: number;
  /** True if not given. */
  center?: boolean;
  /** True if not given. */
  scale?: boolean;
  betaInitializer?: InitializerOption;
  gammaInitializer?: InitializerOption;
  betaRegularizer?: RegularizerOption;
  gammaRegularizer?: RegularizerOption;
}
/** (x - mean) / sqrt(variance): the numbers given, else those of weights. */
export interface NormalizationLayerArgs extends LayerArgs {
  axis?: number | number[] | null;
  mean?: number | number[] | null;
  variance?: number | number[] | null;
  invert?: boolean;
}
export interface GaussianNoiseArgs extends LayerArgs {
  /** Standard deviation of the noise in training. */
  stddev: number;
}
export interface GaussianDropoutArgs extends LayerArgs {
  rate: number;
}
export interface AlphaDropoutArgs extends LayerArgs {
  rate: number;
  noiseShape?: Shape;
}
export interface ActivityRegularizationLayerArgs extends LayerArgs {
  l1?: number;
  l2?: number;
}

export {};
