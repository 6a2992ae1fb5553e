// One call of tf.layers for every class that stock TensorFlow.js and this package share, and for
// every kind of option. `make` gets `tf`, either of the two; `inputShape` is what the layer is
// called on, without the batch axis (several for layers that merge).

const sample = (what, inputShape, make) => ({ what, inputShape, make });

export const samples = [
  // Core.
  sample('dense', [3], (tf) => tf.layers.dense({ units: 2 })),
  sample('dense with everything', [3], (tf) => tf.layers.dense({
    units: 4, activation: 'hardSigmoid', useBias: true, trainable: false, name: 'all_of_it',
    kernelInitializer: tf.initializers.heUniform({ seed: 7 }), biasInitializer: 'ones',
    kernelRegularizer: tf.regularizers.l1l2({ l1: 0.1, l2: 1e-7 }), biasRegularizer: 'l1l2',
    kernelConstraint: tf.constraints.maxNorm({ maxValue: 3, axis: 0 }),
    biasConstraint: 'nonNeg',
  })),
  sample('dense without bias', [2, 3], (tf) => tf.layers.dense({ units: 1, useBias: false, activation: 'softmax' })),
  sample('dense with l1', [3], (tf) => tf.layers.dense({
    units: 1, kernelRegularizer: tf.regularizers.l1({ l1: 0.5 }), biasRegularizer: tf.regularizers.l2(),
  })),
  sample('dense with an activation named in snake case', [3], (tf) => tf.layers.dense({ units: 1, activation: 'relu6' })),
  sample('activation', [3], (tf) => tf.layers.activation({ activation: 'logSoftmax' })),
  sample('dropout', [4, 3], (tf) => tf.layers.dropout({ rate: 0.25, seed: 3, noiseShape: [null, 1, 3] })),
  sample('spatialDropout1d', [4, 3], (tf) => tf.layers.spatialDropout1d({ rate: 0.5 })),
  sample('flatten', [2, 3], (tf) => tf.layers.flatten()),
  sample('flatten of channelsFirst', [2, 3, 4], (tf) => tf.layers.flatten({ dataFormat: 'channelsFirst' })),
  sample('repeatVector', [3], (tf) => tf.layers.repeatVector({ n: 4 })),
  sample('reshape', [6], (tf) => tf.layers.reshape({ targetShape: [2, 3] })),
  sample('reshape with an unknown', [6], (tf) => tf.layers.reshape({ targetShape: [2, -1] })),
  sample('permute', [2, 3], (tf) => tf.layers.permute({ dims: [2, 1] })),
  sample('masking', [4, 3], (tf) => tf.layers.masking({ maskValue: -1 })),
  sample('embedding', [5], (tf) => tf.layers.embedding({
    inputDim: 10, outputDim: 3, maskZero: true, inputLength: 5, embeddingsInitializer: 'randomNormal',
  })),

  // Activations with a layer of their own.
  sample('reLU', [3], (tf) => tf.layers.reLU({ maxValue: 6 })),
  sample('leakyReLU', [3], (tf) => tf.layers.leakyReLU({ alpha: 0.1 })),
  sample('prelu', [2, 3], (tf) => tf.layers.prelu({ sharedAxes: [1], alphaInitializer: 'ones' })),
  sample('elu', [3], (tf) => tf.layers.elu()),
  sample('thresholdedReLU', [3], (tf) => tf.layers.thresholdedReLU({ theta: 0.5 })),
  sample('softmax', [3], (tf) => tf.layers.softmax({ axis: -1 })),

  // Convolution.
  sample('conv1d', [9, 2], (tf) => tf.layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, activation: 'relu' })),
  sample('conv2d', [9, 9, 2], (tf) => tf.layers.conv2d({ filters: 3, kernelSize: 3 })),
  sample('conv2d with everything', [9, 8, 2], (tf) => tf.layers.conv2d({
    filters: 3, kernelSize: [3, 2], strides: [1, 1], padding: 'same', dilationRate: 2, dataFormat: 'channelsLast',
    activation: 'elu', useBias: false, kernelInitializer: tf.initializers.varianceScaling({
      scale: 2, mode: 'fanOut', distribution: 'uniform', seed: 1,
    }), kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.1, maxValue: 2, rate: 0.5, axis: 1 }),
  })),
  sample('conv3d', [5, 5, 5, 1], (tf) => tf.layers.conv3d({ filters: 2, kernelSize: 2, padding: 'same' })),
  sample('conv2dTranspose', [4, 4, 2], (tf) => tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' })),
  sample('conv3dTranspose', [3, 3, 3, 1], (tf) => tf.layers.conv3dTranspose({ filters: 2, kernelSize: 2 })),
  sample('separableConv2d', [6, 6, 2], (tf) => tf.layers.separableConv2d({
    filters: 3, kernelSize: 3, depthwiseRegularizer: 'l1l2', pointwiseConstraint: 'unitNorm',
  })),
  sample('depthwiseConv2d', [6, 6, 2], (tf) => tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' })),
  sample('cropping2D', [6, 6, 2], (tf) => tf.layers.cropping2D({ cropping: [[1, 1], [0, 2]] })),
  sample('upSampling2d', [3, 3, 2], (tf) => tf.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' })),
  sample('zeroPadding2d', [3, 3, 2], (tf) => tf.layers.zeroPadding2d({ padding: [[1, 2], [3, 4]] })),
  sample('zeroPadding2d of one number', [3, 3, 2], (tf) => tf.layers.zeroPadding2d({ padding: 2 })),

  // Pooling.
  sample('maxPooling1d', [8, 2], (tf) => tf.layers.maxPooling1d({ poolSize: 2, padding: 'same' })),
  sample('averagePooling1d', [8, 2], (tf) => tf.layers.averagePooling1d({ poolSize: 3, strides: 1 })),
  sample('maxPooling2d', [8, 8, 2], (tf) => tf.layers.maxPooling2d({ poolSize: 2 })),
  sample('averagePooling2d', [8, 8, 2], (tf) => tf.layers.avgPool2d({ poolSize: [2, 3], strides: [1, 2], padding: 'same' })),
  sample('maxPooling3d', [4, 4, 4, 1], (tf) => tf.layers.maxPooling3d({ poolSize: 2 })),
  sample('averagePooling3d', [4, 4, 4, 1], (tf) => tf.layers.averagePooling3d({ poolSize: [2, 2, 2] })),
  sample('globalAveragePooling1d', [4, 2], (tf) => tf.layers.globalAveragePooling1d()),
  sample('globalAveragePooling2d', [4, 4, 2], (tf) => tf.layers.globalAveragePooling2d({})),
  sample('globalMaxPooling1d', [4, 2], (tf) => tf.layers.globalMaxPooling1d()),
  sample('globalMaxPooling2d', [4, 4, 2], (tf) => tf.layers.globalMaxPool2d({ dataFormat: 'channelsLast' })),

  // Normalization and noise.
  sample('batchNormalization', [4, 3], (tf) => tf.layers.batchNormalization()),
  sample('batchNormalization with everything', [4, 4, 3], (tf) => tf.layers.batchNormalization({
    axis: 3, momentum: 0.9, epsilon: 1e-5, center: true, scale: true, betaInitializer: 'ones',
    gammaRegularizer: tf.regularizers.l2({ l2: 0.001 }), betaConstraint: tf.constraints.nonNeg(),
  })),
  sample('layerNormalization', [4, 3], (tf) => tf.layers.layerNormalization({ axis: -1, epsilon: 0.01 })),
  sample('gaussianNoise', [3], (tf) => tf.layers.gaussianNoise({ stddev: 0.1 })),
  sample('gaussianDropout', [3], (tf) => tf.layers.gaussianDropout({ rate: 0.2 })),
  sample('alphaDropout', [3], (tf) => tf.layers.alphaDropout({ rate: 0.2 })),

  // Recurrent, and wrappers.
  sample('simpleRNN', [4, 3], (tf) => tf.layers.simpleRNN({ units: 2, returnSequences: true })),
  sample('gru', [4, 3], (tf) => tf.layers.gru({ units: 2, recurrentActivation: 'sigmoid', goBackwards: true })),
  sample('lstm', [4, 3], (tf) => tf.layers.lstm({
    units: 2, unitForgetBias: true, dropout: 0.1, recurrentDropout: 0.2, implementation: 1,
    recurrentInitializer: tf.initializers.orthogonal({ gain: 0.5, seed: 2 }),
  })),
  sample('convLstm2d', [3, 5, 5, 1], (tf) => tf.layers.convLstm2d({ filters: 2, kernelSize: 3, padding: 'same' })),
  sample('rnn of one cell', [4, 3], (tf) => tf.layers.rnn({ cell: tf.layers.gruCell({ units: 2 }) })),
  sample('rnn of stacked cells', [4, 3], (tf) => tf.layers.rnn({
    cell: tf.layers.stackedRNNCells({
      cells: [tf.layers.simpleRNNCell({ units: 3 }), tf.layers.lstmCell({ units: 2 })],
    }),
    returnSequences: true,
  })),
  sample('bidirectional', [4, 3], (tf) => tf.layers.bidirectional({
    layer: tf.layers.lstm({ units: 2, returnSequences: true }), mergeMode: 'sum',
  })),
  sample('timeDistributed', [4, 3], (tf) => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }) })),

  // Merging: called on several inputs.
  ...['add', 'average', 'multiply', 'maximum', 'minimum'].map((name) =>
    sample(name, [[3], [3]], (tf) => tf.layers[name]())),
  sample('concatenate', [[2, 3], [2, 4]], (tf) => tf.layers.concatenate({ axis: 2 })),
  sample('dot', [[4, 3], [5, 3]], (tf) => tf.layers.dot({ axes: [2, 2], normalize: true })),

  // Preprocessing.
  sample('rescaling', [3, 3, 1], (tf) => tf.layers.rescaling({ scale: 0.5, offset: -1 })),

  // Initializers and constraints that no layer above has.
  ...['zeros', 'ones', 'identity', 'glorotUniform', 'glorotNormal', 'heNormal', 'leCunNormal', 'leCunUniform',
    'randomUniform', 'randomNormal', 'truncatedNormal', 'orthogonal'].flatMap((name) => [
    sample(`dense from '${name}'`, [2], (tf) => tf.layers.dense({ units: 2, kernelInitializer: name })),
    sample(`dense from tf.initializers.${name}`, [2], (tf) =>
      tf.layers.dense({ units: 2, kernelInitializer: tf.initializers[name]({}) })),
  ]),
  sample('dense from a constant', [2], (tf) =>
    tf.layers.dense({ units: 2, kernelInitializer: tf.initializers.constant({ value: 0.25 }) })),
  sample('dense from a range', [2], (tf) =>
    tf.layers.dense({ units: 2, kernelInitializer: tf.initializers.randomUniform({ minval: -1, maxval: 1, seed: 4 }) })),
  ...['maxNorm', 'unitNorm', 'nonNeg', 'minMaxNorm'].flatMap((name) => [
    sample(`dense held to '${name}'`, [2], (tf) => tf.layers.dense({ units: 2, kernelConstraint: name })),
    sample(`dense held to tf.constraints.${name}`, [2], (tf) =>
      tf.layers.dense({ units: 2, kernelConstraint: tf.constraints[name]({ axis: 0 }) })),
  ]),
];

/** The text of a functional model of the sample, its layer named by `tf`. */
export function modelText(tf, { inputShape, make }) {
  const shapes = Array.isArray(inputShape[0]) ? inputShape : [inputShape];
  const inputs = shapes.map((shape, i) => tf.input({ shape, name: `in_${i}` }));
  const layer = make(tf);
  const outputs = layer.apply(inputs.length === 1 ? inputs[0] : inputs);
  return tf.model({ inputs, outputs, name: 'sample' }).toJSON();
}

/** The text of a Sequential that begins with the layer. */
export function sequentialText(tf, { inputShape, make }) {
  const layers = [tf.layers.inputLayer({ inputShape, name: 'in' }), make(tf)];
  return tf.sequential({ layers, name: 'sample' }).toJSON();
}
