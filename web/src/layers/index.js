// tf.layers: a function per class, under the names TensorFlow.js gave them. Classes of the core that
// TensorFlow.js lacks are spelt in its manner: tf.layers.randomFlip.

import { coreConfig } from './config.js';
import { newLayer } from './layer.js';

export { input } from './input.js';
export { Layer } from './layer.js';

const maker = (name, className) => (args = {}) => {
  const what = `tf.layers.${name}`;
  const { config, weights } = coreConfig(args, what);
  return newLayer(className, config, what, weights);
};

// Core.
export const inputLayer = maker('inputLayer', 'InputLayer');
export const dense = maker('dense', 'Dense');
export const activation = maker('activation', 'Activation');
export const dropout = maker('dropout', 'Dropout');
export const spatialDropout1d = maker('spatialDropout1d', 'SpatialDropout1D');
export const flatten = maker('flatten', 'Flatten');
export const repeatVector = maker('repeatVector', 'RepeatVector');
export const reshape = maker('reshape', 'Reshape');
export const permute = maker('permute', 'Permute');
export const embedding = maker('embedding', 'Embedding');
export const masking = maker('masking', 'Masking');

// Activations with a layer of their own.
export const elu = maker('elu', 'ELU');
export const reLU = maker('reLU', 'ReLU');
export const leakyReLU = maker('leakyReLU', 'LeakyReLU');
export const prelu = maker('prelu', 'PReLU');
export const softmax = maker('softmax', 'Softmax');
export const thresholdedReLU = maker('thresholdedReLU', 'ThresholdedReLU');

// Convolution.
export const conv1d = maker('conv1d', 'Conv1D');
export const conv2d = maker('conv2d', 'Conv2D');
export const conv3d = maker('conv3d', 'Conv3D');
export const conv2dTranspose = maker('conv2dTranspose', 'Conv2DTranspose');
export const conv3dTranspose = maker('conv3dTranspose', 'Conv3DTranspose');
export const separableConv2d = maker('separableConv2d', 'SeparableConv2D');
export const depthwiseConv2d = maker('depthwiseConv2d', 'DepthwiseConv2D');
export const cropping2D = maker('cropping2D', 'Cropping2D');
export const upSampling2d = maker('upSampling2d', 'UpSampling2D');
export const zeroPadding2d = maker('zeroPadding2d', 'ZeroPadding2D');

// Merging.
export const add = maker('add', 'Add');
export const average = maker('average', 'Average');
export const concatenate = maker('concatenate', 'Concatenate');
export const maximum = maker('maximum', 'Maximum');
export const minimum = maker('minimum', 'Minimum');
export const multiply = maker('multiply', 'Multiply');
export const dot = maker('dot', 'Dot');

// Normalization and noise.
export const batchNormalization = maker('batchNormalization', 'BatchNormalization');
export const layerNormalization = maker('layerNormalization', 'LayerNormalization');
export const gaussianNoise = maker('gaussianNoise', 'GaussianNoise');
export const gaussianDropout = maker('gaussianDropout', 'GaussianDropout');
export const alphaDropout = maker('alphaDropout', 'AlphaDropout');

// Pooling.
export const averagePooling1d = maker('averagePooling1d', 'AveragePooling1D');
export const averagePooling2d = maker('averagePooling2d', 'AveragePooling2D');
export const averagePooling3d = maker('averagePooling3d', 'AveragePooling3D');
export const maxPooling1d = maker('maxPooling1d', 'MaxPooling1D');
export const maxPooling2d = maker('maxPooling2d', 'MaxPooling2D');
export const maxPooling3d = maker('maxPooling3d', 'MaxPooling3D');
export const globalAveragePooling1d = maker('globalAveragePooling1d', 'GlobalAveragePooling1D');
export const globalAveragePooling2d = maker('globalAveragePooling2d', 'GlobalAveragePooling2D');
export const globalMaxPooling1d = maker('globalMaxPooling1d', 'GlobalMaxPooling1D');
export const globalMaxPooling2d = maker('globalMaxPooling2d', 'GlobalMaxPooling2D');
export {
  averagePooling1d as avgPool1d,
  averagePooling1d as avgPooling1d,
  averagePooling2d as avgPool2d,
  averagePooling2d as avgPooling2d,
  averagePooling3d as avgPool3d,
  averagePooling3d as avgPooling3d,
  maxPooling1d as maxPool1d,
  maxPooling2d as maxPool2d,
  maxPooling3d as maxPool3d,
  globalMaxPooling1d as globalMaxPool1d,
  globalMaxPooling2d as globalMaxPool2d,
};

// Recurrent, and wrappers.
export const simpleRNN = maker('simpleRNN', 'SimpleRNN');
export const simpleRNNCell = maker('simpleRNNCell', 'SimpleRNNCell');
export const gru = maker('gru', 'GRU');
export const gruCell = maker('gruCell', 'GRUCell');
export const lstm = maker('lstm', 'LSTM');
export const lstmCell = maker('lstmCell', 'LSTMCell');
export const convLstm2d = maker('convLstm2d', 'ConvLSTM2D');
export const convLstm2dCell = maker('convLstm2dCell', 'ConvLSTM2DCell');
export const rnn = maker('rnn', 'RNN');
export const stackedRNNCells = maker('stackedRNNCells', 'StackedRNNCells');
export const bidirectional = maker('bidirectional', 'Bidirectional');
export const timeDistributed = maker('timeDistributed', 'TimeDistributed');

// Preprocessing.
export const rescaling = maker('rescaling', 'Rescaling');
export const resizing = maker('resizing', 'Resizing');
export const centerCrop = maker('centerCrop', 'CenterCrop');
export const categoryEncoding = maker('categoryEncoding', 'CategoryEncoding');
export const randomWidth = maker('randomWidth', 'RandomWidth');

// Those that TensorFlow.js does not have.
export const subtract = maker('subtract', 'Subtract');
export const normalization = maker('normalization', 'Normalization');
export const activityRegularization = maker('activityRegularization', 'ActivityRegularization');
export const spatialDropout2d = maker('spatialDropout2d', 'SpatialDropout2D');
export const spatialDropout3d = maker('spatialDropout3d', 'SpatialDropout3D');
export const cropping1D = maker('cropping1D', 'Cropping1D');
export const cropping3D = maker('cropping3D', 'Cropping3D');
export const zeroPadding1d = maker('zeroPadding1d', 'ZeroPadding1D');
export const zeroPadding3d = maker('zeroPadding3d', 'ZeroPadding3D');
export const upSampling1d = maker('upSampling1d', 'UpSampling1D');
export const upSampling3d = maker('upSampling3d', 'UpSampling3D');
export const globalAveragePooling3d = maker('globalAveragePooling3d', 'GlobalAveragePooling3D');
export const globalMaxPooling3d = maker('globalMaxPooling3d', 'GlobalMaxPooling3D');
export const randomHeight = maker('randomHeight', 'RandomHeight');
export const randomFlip = maker('randomFlip', 'RandomFlip');
export const randomRotation = maker('randomRotation', 'RandomRotation');
export const randomZoom = maker('randomZoom', 'RandomZoom');
export const randomTranslation = maker('randomTranslation', 'RandomTranslation');
export const randomContrast = maker('randomContrast', 'RandomContrast');
export const randomBrightness = maker('randomBrightness', 'RandomBrightness');
