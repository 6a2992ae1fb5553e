// tf.models.

import type { LayersModel } from './model.js';

/**
 * A model with fresh weights.
 * @param json its topology, as text or object, or an object that has it as `modelTopology`
 */
export declare function modelFromJSON(json: string | {}): Promise<LayersModel>;
