// What must not compile: each line after @ts-expect-error is an error, or the check of types fails.

import * as tf from 'tfjs-cpp';

const model = tf.sequential();
const x = tf.input({ shape: [2] });

// @ts-expect-error units is missing
tf.layers.dense({});
// @ts-expect-error and so is the whole config
tf.layers.dense();
// @ts-expect-error a number, not a text
tf.layers.dense({ units: '2' });
// @ts-expect-error no such option
tf.layers.dense({ units: 2, unit: 3 });
// @ts-expect-error no such activation
tf.layers.dense({ units: 2, activation: 'rely' });
// @ts-expect-error functions cannot be saved
tf.layers.dense({ units: 2, activation: (y: tf.Tensor) => y });
// @ts-expect-error causal is for one axis only
tf.layers.conv2d({ filters: 1, kernelSize: 2, padding: 'causal' });
// @ts-expect-error no such format
tf.layers.conv2d({ filters: 1, kernelSize: 2, dataFormat: 'NHWC' });
// @ts-expect-error the cell is missing
tf.layers.rnn({});
// @ts-expect-error no such mode
tf.layers.bidirectional({ layer: tf.layers.gru({ units: 1 }), mergeMode: 'max' });
// @ts-expect-error the value is missing
tf.initializers.constant({});
// @ts-expect-error no such layer
tf.layers.lambda({});
// @ts-expect-error two numbers
tf.tensor2d([1, 2, 3], [3]);
// @ts-expect-error deeper than two axes
tf.tensor2d([[[1]]]);
// @ts-expect-error no such dtype
tf.zeros([2], 'float64');
// @ts-expect-error tensors never change
tf.zeros([2]).shape = [1, 2];
// @ts-expect-error rank 2 is not rank 1
export const vector: tf.Tensor1D = tf.zeros([1, 2]);
// @ts-expect-error a layer, not a tensor
model.add(x);
// @ts-expect-error tensors, not arrays
model.predict([[1, 2]]);
// @ts-expect-error outputs are missing
tf.model({ inputs: x });
// @ts-expect-error symbolic tensors, not tensors
tf.model({ inputs: tf.zeros([1]), outputs: tf.zeros([1]) });
// @ts-expect-error models are made by functions
new tf.LayersModel();
// @ts-expect-error a URL or a handler
model.save(3);
// @ts-expect-error a function that takes artifacts
tf.io.withSaveHandler('upload');
// @ts-expect-error a promise is needed
tf.io.withSaveHandler(() => ({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }));
// @ts-expect-error no such option
tf.loadLayersModel('m.json', { strikt: true });
// @ts-expect-error no tensors can be trained with here
model.fit(tf.zeros([1]), tf.zeros([1]));
// @ts-expect-error Promise of a model
export const loaded: tf.LayersModel = tf.loadLayersModel('m.json');
