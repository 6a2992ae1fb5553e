// tf.layers: a function per class. All throw when an option is missing, unknown as a name, or out of
// range, naming it.

import type * as args from './layer_args.js';
import type { Layer } from './layer.js';
import type * as recurrent from './recurrent_args.js';

export { Layer, input } from './layer.js';
export type * from './layer_args.js';
export type * from './recurrent_args.js';

// Core.
export declare function inputLayer(args: args.InputLayerArgs): Layer;
/** activation(x * kernel + bias), over the last axis. */
export declare function dense(args: args.DenseLayerArgs): Layer;
export declare function activation(args: args.ActivationLayerArgs): Layer;
export declare function dropout(args: args.DropoutLayerArgs): Layer;
export declare function spatialDropout1d(args: args.SpatialDropoutLayerArgs): Layer;
/** [batch, ...] to [batch, numbers]. */
export declare function flatten(args?: args.FlattenLayerArgs): Layer;
/** [batch, features] to [batch, n, features]. */
export declare function repeatVector(args: args.RepeatVectorLayerArgs): Layer;
export declare function reshape(args: args.ReshapeLayerArgs): Layer;
export declare function permute(args: args.PermuteLayerArgs): Layer;
/** [batch, ...] of integers to [batch, ..., outputDim]. */
export declare function embedding(args: args.EmbeddingLayerArgs): Layer;
export declare function masking(args?: args.MaskingArgs): Layer;

// Activations with a layer of their own.
export declare function elu(args?: args.ELULayerArgs): Layer;
export declare function reLU(args?: args.ReLULayerArgs): Layer;
export declare function leakyReLU(args?: args.LeakyReLULayerArgs): Layer;
export declare function prelu(args?: args.PReLULayerArgs): Layer;
export declare function softmax(args?: args.SoftmaxLayerArgs): Layer;
export declare function thresholdedReLU(args?: args.ThresholdedReLULayerArgs): Layer;

// Convolution.
export declare function conv1d(args: args.Conv1DLayerArgs): Layer;
export declare function conv2d(args: args.Conv2DLayerArgs): Layer;
export declare function conv3d(args: args.Conv3DLayerArgs): Layer;
export declare function conv2dTranspose(args: args.Conv2DTransposeLayerArgs): Layer;
export declare function conv3dTranspose(args: args.Conv3DTransposeLayerArgs): Layer;
export declare function separableConv2d(args: args.SeparableConv2DLayerArgs): Layer;
export declare function depthwiseConv2d(args: args.DepthwiseConv2DLayerArgs): Layer;
export declare function cropping2D(args: args.Cropping2DLayerArgs): Layer;
export declare function upSampling2d(args?: args.UpSampling2DLayerArgs): Layer;
export declare function zeroPadding2d(args?: args.ZeroPadding2DLayerArgs): Layer;

// Merging: called on an array of inputs.
export declare function add(args?: args.LayerArgs): Layer;
export declare function average(args?: args.LayerArgs): Layer;
export declare function maximum(args?: args.LayerArgs): Layer;
export declare function minimum(args?: args.LayerArgs): Layer;
export declare function multiply(args?: args.LayerArgs): Layer;
export declare function concatenate(args?: args.ConcatenateLayerArgs): Layer;
export declare function dot(args: args.DotLayerArgs): Layer;

// Normalization and noise.
export declare function batchNormalization(args?: args.BatchNormalizationLayerArgs): Layer;
export declare function layerNormalization(args?: args.LayerNormalizationLayerArgs): Layer;
export declare function gaussianNoise(args: args.GaussianNoiseArgs): Layer;
export declare function gaussianDropout(args: args.GaussianDropoutArgs): Layer;
export declare function alphaDropout(args: args.AlphaDropoutArgs): Layer;

// Pooling.
export declare function averagePooling1d(args?: args.Pooling1DLayerArgs): Layer;
export declare function averagePooling2d(args?: args.Pooling2DLayerArgs): Layer;
export declare function averagePooling3d(args?: args.Pooling3DLayerArgs): Layer;
export declare function maxPooling1d(args?: args.Pooling1DLayerArgs): Layer;
export declare function maxPooling2d(args?: args.Pooling2DLayerArgs): Layer;
export declare function maxPooling3d(args?: args.Pooling3DLayerArgs): Layer;
export declare function globalAveragePooling1d(args?: args.LayerArgs): Layer;
export declare function globalAveragePooling2d(args?: args.GlobalPoolingLayerArgs): Layer;
export declare function globalMaxPooling1d(args?: args.LayerArgs): Layer;
export declare function globalMaxPooling2d(args?: args.GlobalPoolingLayerArgs): Layer;
export declare const avgPool1d: typeof averagePooling1d;
export declare const avgPooling1d: typeof averagePooling1d;
export declare const maxPool1d: typeof maxPooling1d;
export declare const avgPool2d: typeof averagePooling2d;
export declare const avgPooling2d: typeof averagePooling2d;
export declare const maxPool2d: typeof maxPooling2d;
export declare const avgPool3d: typeof averagePooling3d;
export declare const avgPooling3d: typeof averagePooling3d;
export declare const maxPool3d: typeof maxPooling3d;
export declare const globalMaxPool1d: typeof globalMaxPooling1d;
export declare const globalMaxPool2d: typeof globalMaxPooling2d;

// Recurrent, and wrappers.
export declare function simpleRNN(args: recurrent.SimpleRNNLayerArgs): Layer;
export declare function simpleRNNCell(args: recurrent.SimpleRNNCellLayerArgs): Layer;
export declare function gru(args: recurrent.GRULayerArgs): Layer;
export declare function gruCell(args: recurrent.GRUCellLayerArgs): Layer;
export declare function lstm(args: recurrent.LSTMLayerArgs): Layer;
export declare function lstmCell(args: recurrent.LSTMCellLayerArgs): Layer;
export declare function convLstm2d(args: recurrent.ConvLSTM2DArgs): Layer;
export declare function convLstm2dCell(args: recurrent.ConvLSTM2DCellArgs): Layer;
export declare function rnn(args: recurrent.RNNLayerArgs): Layer;
export declare function stackedRNNCells(args: recurrent.StackedRNNCellsArgs): Layer;
export declare function bidirectional(args: recurrent.BidirectionalLayerArgs): Layer;
export declare function timeDistributed(args: recurrent.TimeDistributedLayerArgs): Layer;

// Preprocessing.
export declare function rescaling(args: recurrent.RescalingArgs): Layer;
export declare function resizing(args: recurrent.ResizingArgs): Layer;
export declare function centerCrop(args: recurrent.CenterCropArgs): Layer;
export declare function categoryEncoding(args: recurrent.CategoryEncodingArgs): Layer;
export declare function randomWidth(args: recurrent.RandomWidthArgs): Layer;

// Those that TensorFlow.js does not have.
export declare function subtract(args?: args.LayerArgs): Layer;
export declare function normalization(args?: args.NormalizationLayerArgs): Layer;
export declare function activityRegularization(args?: args.ActivityRegularizationLayerArgs): Layer;
export declare function spatialDropout2d(args: args.SpatialDropoutLayerArgs): Layer;
export declare function spatialDropout3d(args: args.SpatialDropoutLayerArgs): Layer;
export declare function cropping1D(args: args.Cropping1DLayerArgs): Layer;
export declare function cropping3D(args: args.Cropping3DLayerArgs): Layer;
export declare function zeroPadding1d(args?: args.ZeroPadding1DLayerArgs): Layer;
export declare function zeroPadding3d(args?: args.ZeroPadding3DLayerArgs): Layer;
export declare function upSampling1d(args?: args.UpSampling1DLayerArgs): Layer;
export declare function upSampling3d(args?: args.UpSampling3DLayerArgs): Layer;
export declare function globalAveragePooling3d(args?: args.GlobalPoolingLayerArgs): Layer;
export declare function globalMaxPooling3d(args?: args.GlobalPoolingLayerArgs): Layer;
export declare function randomHeight(args: recurrent.RandomHeightArgs): Layer;
export declare function randomFlip(args?: recurrent.RandomFlipArgs): Layer;
export declare function randomRotation(args: recurrent.RandomRotationArgs): Layer;
export declare function randomZoom(args: recurrent.RandomZoomArgs): Layer;
export declare function randomTranslation(args: recurrent.RandomTranslationArgs): Layer;
export declare function randomContrast(args: recurrent.RandomContrastArgs): Layer;
export declare function randomBrightness(args: recurrent.RandomBrightnessArgs): Layer;
