// The kinds of layers that the form offers, with the fields each has, and the three models that one
// can begin with. A recipe is {inputShape, layers: [{kind, values}]}.

import * as tf from './tf.js';

const activations = ['linear', 'relu', 'sigmoid', 'softmax', 'tanh', 'elu', 'swish'];

const number = (name, label, value, most = 4096) => ({ name, label, value, most });
const activation = { name: 'activation', label: 'Activation', value: 'relu', options: activations };

/** By class name: fields, and how the layer is made of their values (and of an input shape). */
export const layerKinds = {
  Dense: { fields: [number('units', 'Units', 16), activation], make: tf.layers.dense },
  Conv2D: {
    fields: [
      number('filters', 'Filters', 8, 512),
      number('kernelSize', 'Kernel', 3, 15),
      activation,
    ],
    make: tf.layers.conv2d,
  },
  MaxPooling2D: { fields: [number('poolSize', 'Pool', 2, 8)], make: tf.layers.maxPooling2d },
  GlobalAveragePooling2D: { fields: [], make: tf.layers.globalAveragePooling2d },
  Flatten: { fields: [], make: tf.layers.flatten },
  LSTM: { fields: [number('units', 'Units', 16, 1024)], make: tf.layers.lstm },
  GRU: { fields: [number('units', 'Units', 16, 1024)], make: tf.layers.gru },
  BatchNormalization: { fields: [], make: tf.layers.batchNormalization },
  Dropout: {
    fields: [{ name: 'rate', label: 'Rate', value: '0.25', options: ['0.1', '0.25', '0.5'] }],
    make: ({ rate, ...rest }) => tf.layers.dropout({ rate: Number(rate), ...rest }),
  },
};

const layer = (kind, values = {}) => ({ kind, values });

export const presets = [
  {
    label: 'Dense',
    name: 'dense',
    inputShape: [8],
    layers: [
      layer('Dense', { units: 16, activation: 'relu' }),
      layer('Dense', { units: 3, activation: 'softmax' }),
    ],
  },
  {
    label: 'Small conv net',
    name: 'conv-net',
    inputShape: [28, 28, 1],
    layers: [
      layer('Conv2D', { filters: 8, kernelSize: 5, activation: 'relu' }),
      layer('MaxPooling2D', { poolSize: 2 }),
      layer('Conv2D', { filters: 16, kernelSize: 3, activation: 'relu' }),
      layer('MaxPooling2D', { poolSize: 2 }),
      layer('Flatten'),
      layer('Dense', { units: 10, activation: 'softmax' }),
    ],
  },
  {
    label: 'LSTM',
    name: 'lstm',
    inputShape: [20, 4],
    layers: [layer('LSTM', { units: 16 }), layer('Dense', { units: 3, activation: 'softmax' })],
  },
];

/** A model with random weights. Throws what the core says of layers that do not fit. */
export function modelOf({ inputShape, layers }) {
  const model = tf.sequential();
  layers.forEach(({ kind, values }, i) => {
    const first = i === 0 ? { inputShape } : {};
    model.add(layerKinds[kind].make({ ...values, ...first }));
  });
  // Saved with the model, so that the page can say so after loading, too.
  model.setUserDefinedMetadata({ trained: false });
  return model;
}
