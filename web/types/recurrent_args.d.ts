// The configs of recurrent layers, wrappers and preprocessing in tf.layers.

import type { Layer } from './layer.js';
import type {
  ActivationIdentifier, ConstraintIdentifier, DataFormat, InitializerIdentifier,
  InterpolationFormat, LayerArgs, PaddingMode, RegularizerIdentifier,
} from './layer_args.js';
import type { Constraint } from './constraints.js';
import type { Initializer } from './initializers.js';
import type { Regularizer } from './regularizers.js';

interface CellArgs extends LayerArgs {
  /** 'tanh' if not given. */
  activation?: ActivationIdentifier;
  /** True if not given. */
  useBias?: boolean;
  /** 'glorotNormal' if not given. */
  kernelInitializer?: InitializerIdentifier | Initializer;
  /** 'orthogonal' if not given. */
  recurrentInitializer?: InitializerIdentifier | Initializer;
  biasInitializer?: InitializerIdentifier | Initializer;
  kernelRegularizer?: RegularizerIdentifier | Regularizer | null;
  recurrentRegularizer?: RegularizerIdentifier | Regularizer | null;
  biasRegularizer?: RegularizerIdentifier | Regularizer | null;
  activityRegularizer?: RegularizerIdentifier | Regularizer | null;
  kernelConstraint?: ConstraintIdentifier | Constraint | null;
  recurrentConstraint?: ConstraintIdentifier | Constraint | null;
  biasConstraint?: ConstraintIdentifier | Constraint | null;
  /** Part of the inputs that training sets to zero. */
  dropout?: number;
  /** Part of the state that training sets to zero. */
  recurrentDropout?: number;
}
interface GatedCellArgs extends CellArgs {
  /** Of the gates; 'hardSigmoid' if not given. */
  recurrentActivation?: ActivationIdentifier;
  /** Kept in files. */
  implementation?: number;
}
export interface SimpleRNNCellLayerArgs extends CellArgs {
  /** Length of the state, and of the output of a step. */
  units: number;
}
export interface GRUCellLayerArgs extends GatedCellArgs {
  units: number;
  /** As Keras 2 computes it by default: the reset gate after the product. */
  resetAfter?: boolean;
}
export interface LSTMCellLayerArgs extends GatedCellArgs {
  units: number;
  /** The bias of the forget gate begins as ones. */
  unitForgetBias?: boolean;
}

interface SequenceArgs {
  /** The outputs of all steps, [batch, steps, units], instead of the last one. */
  returnSequences?: boolean;
  /** The states too: outputs are [output, state...]. */
  returnState?: boolean;
  /** From the last step to the first. */
  goBackwards?: boolean;
  /** The state is kept between calls, until resetStates(). Needs a fixed batch size. */
  stateful?: boolean;
  /** Kept in files. */
  unroll?: boolean;
}
/** Input [batch, steps, features]. */
export interface SimpleRNNLayerArgs extends SimpleRNNCellLayerArgs, SequenceArgs {}
export interface GRULayerArgs extends GRUCellLayerArgs, SequenceArgs {}
export interface LSTMLayerArgs extends LSTMCellLayerArgs, SequenceArgs {}

export interface ConvLSTM2DCellArgs extends GatedCellArgs {
  /** Channels of the state, and of the output of a step. */
  filters: number;
  kernelSize: number | [number, number] | number[];
  strides?: number | [number, number] | number[];
  padding?: PaddingMode;
  dataFormat?: DataFormat;
  dilationRate?: number | [number, number] | number[];
  unitForgetBias?: boolean;
}
/** Input [batch, steps, height, width, channels]. */
export interface ConvLSTM2DArgs extends ConvLSTM2DCellArgs, SequenceArgs {}

export interface StackedRNNCellsArgs extends LayerArgs {
  cells: Layer[];
}
export interface RNNLayerArgs extends LayerArgs, SequenceArgs {
  /** A cell, or several on top of each other. */
  cell: Layer | Layer[];
}

export type BidirectionalMergeMode = 'sum' | 'mul' | 'concat' | 'ave';
export interface BidirectionalLayerArgs extends LayerArgs {
  /** A recurrent layer; its copy runs backwards. */
  layer: Layer;
  /** 'concat' if not given; null gives both outputs. */
  mergeMode?: BidirectionalMergeMode | null;
}
export interface TimeDistributedLayerArgs extends LayerArgs {
  /** Called on each step. */
  layer: Layer;
}

export interface RescalingArgs extends LayerArgs {
  scale: number;
  offset?: number;
}
export interface ResizingArgs extends LayerArgs {
  height: number;
  width: number;
  /** 'bilinear' if not given. */
  interpolation?: InterpolationFormat;
  cropToAspectRatio?: boolean;
}
export interface CenterCropArgs extends LayerArgs {
  height: number;
  width: number;
}
export interface CategoryEncodingArgs extends LayerArgs {
  numTokens: number;
  /** 'multiHot' if not given. */
  outputMode?: 'oneHot' | 'multiHot' | 'count' | 'tfIdf';
}
export interface RandomWidthArgs extends LayerArgs {
  /** Part of the width; or the lower and the upper bound. */
  factor: number | [number, number];
  interpolation?: InterpolationFormat;
  seed?: number;
}

// Layers that change training data only; predictions pass through them.

/** Part of the length that is added or taken at most; or the lower and the upper bound. */
type Factor = number | [number, number];
interface FillArgs extends LayerArgs {
  fillMode?: 'constant' | 'nearest' | 'reflect' | 'wrap';
  fillValue?: number;
  interpolation?: InterpolationFormat;
  seed?: number;
}
export interface RandomHeightArgs extends RandomWidthArgs {}
export interface RandomFlipArgs extends LayerArgs {
  mode?: 'horizontal' | 'vertical' | 'horizontal_and_vertical';
  seed?: number;
}
export interface RandomRotationArgs extends FillArgs {
  /** Of a full turn. */
  factor: Factor;
}
export interface RandomZoomArgs extends FillArgs {
  heightFactor: Factor;
  widthFactor?: Factor | null;
}
export interface RandomTranslationArgs extends FillArgs {
  heightFactor: Factor;
  widthFactor: Factor;
}
export interface RandomContrastArgs extends LayerArgs {
  factor: Factor;
  seed?: number;
}
export interface RandomBrightnessArgs extends LayerArgs {
  factor: Factor;
  /** Lowest and highest number of a picture; [0, 255] if not given. */
  valueRange?: [number, number];
  seed?: number;
}

export {};
