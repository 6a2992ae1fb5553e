// The benchmark models, built with TensorFlow.js layers and random weights.
import * as tf from '@tensorflow/tfjs-layers';

function convBnRelu(x, filters, kernelSize, strides, relu = 'relu6') {
  x = tf.layers.conv2d({filters, kernelSize, strides, padding: 'same', useBias: false}).apply(x);
  x = tf.layers.batchNormalization({}).apply(x);
  return relu ? activation(x, relu) : x;
}

function depthwiseBnRelu(x, strides) {
  x = tf.layers.depthwiseConv2d({kernelSize: 3, strides, padding: 'same', useBias: false}).apply(x);
  return activation(tf.layers.batchNormalization({}).apply(x), 'relu6');
}

function activation(x, name) {
  return tf.layers.reLU(name === 'relu6' ? {maxValue: 6} : {}).apply(x);
}

function classifier(x, classes = 1000) {
  x = tf.layers.globalAveragePooling2d({}).apply(x);
  return tf.layers.dense({units: classes, activation: 'softmax'}).apply(x);
}

function mobilenetV1() {
  const input = tf.input({shape: [224, 224, 3]});
  let x = convBnRelu(input, 32, 3, 2);
  const blocks = [[64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [512, 2], [512, 1], [512, 1], [512, 1], [512, 1],
                  [512, 1], [1024, 2], [1024, 1]];
  for (const [filters, strides] of blocks) x = convBnRelu(depthwiseBnRelu(x, strides), filters, 1, 1);
  return tf.model({inputs: input, outputs: classifier(x)});
}

function mobilenetV2() {
  const input = tf.input({shape: [224, 224, 3]});
  let x = convBnRelu(input, 32, 3, 2);
  const stages = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]];
  for (const [expansion, filters, repeats, firstStride] of stages) {
    for (let i = 0; i < repeats; ++i) {
      const channels = x.shape[3];
      const strides = i === 0 ? firstStride : 1;
      let y = expansion === 1 ? x : convBnRelu(x, channels * expansion, 1, 1);
      y = convBnRelu(depthwiseBnRelu(y, strides), filters, 1, 1, null);
      x = strides === 1 && channels === filters ? tf.layers.add().apply([x, y]) : y;
    }
  }
  return tf.model({inputs: input, outputs: classifier(convBnRelu(x, 1280, 1, 1))});
}

function resnet50() {
  const input = tf.input({shape: [224, 224, 3]});
  let x = convBnRelu(input, 64, 7, 2, 'relu');
  x = tf.layers.maxPooling2d({poolSize: 3, strides: 2, padding: 'same'}).apply(x);
  for (const [filters, repeats, firstStride] of [[64, 3, 1], [128, 4, 2], [256, 6, 2], [512, 3, 2]]) {
    for (let i = 0; i < repeats; ++i) {
      const strides = i === 0 ? firstStride : 1;
      const shortcut = i === 0 ? convBnRelu(x, filters * 4, 1, strides, null) : x;
      let y = convBnRelu(x, filters, 1, strides, 'relu');
      y = convBnRelu(convBnRelu(y, filters, 3, 1, 'relu'), filters * 4, 1, 1, null);
      x = activation(tf.layers.add().apply([shortcut, y]), 'relu');
    }
  }
  return tf.model({inputs: input, outputs: classifier(x)});
}

function mlp() {
  const input = tf.input({shape: [784]});
  let x = tf.layers.dense({units: 512, activation: 'relu'}).apply(input);
  x = tf.layers.dense({units: 512, activation: 'relu'}).apply(x);
  return tf.model({inputs: input, outputs: tf.layers.dense({units: 10, activation: 'softmax'}).apply(x)});
}

function lstm() {
  const input = tf.input({shape: [100, 64]});
  const x = tf.layers.lstm({units: 128, recurrentActivation: 'sigmoid', recurrentInitializer: 'glorotNormal'}).apply(input);
  return tf.model({inputs: input, outputs: tf.layers.dense({units: 10, activation: 'softmax'}).apply(x)});
}

function mnist() {
  const input = tf.input({shape: [28, 28, 1]});
  let x = tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}).apply(input);
  x = tf.layers.maxPooling2d({}).apply(x);
  x = tf.layers.conv2d({filters: 64, kernelSize: 3, activation: 'relu'}).apply(x);
  x = tf.layers.flatten().apply(tf.layers.maxPooling2d({}).apply(x));
  x = tf.layers.dense({units: 128, activation: 'relu'}).apply(x);
  return tf.model({inputs: input, outputs: tf.layers.dense({units: 10, activation: 'softmax'}).apply(x)});
}

/** Dense layers of 16 MiB each. */
function wide(mebibytes) {
  const input = tf.input({shape: [2048]});
  let x = input;
  for (let i = 0; i < mebibytes / 16; ++i) {
    x = tf.layers.dense({units: 2048, activation: 'relu', kernelInitializer: 'zeros'}).apply(x);
  }
  return tf.model({inputs: input, outputs: x});
}

export const predictModels = {mobilenet_v1: mobilenetV1, mobilenet_v2: mobilenetV2, resnet50, mlp, lstm, mnist};
export const fileModels = {wide96: () => wide(96), wide512: () => wide(512)};
