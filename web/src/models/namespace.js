// tf.models.

export { modelFromJSON } from './load.js';
