// tf.loadLayersModel() and tf.models.modelFromJSON().

import { call, give } from '../core/wasm.js';
import { loadHandler } from '../io/router.js';
import { modelOf } from './layers_model.js';

/**
 * @param {string|object} source a URL, or an IOHandler with `load`
 * @param {{strict?: boolean, onProgress?: function, requestInit?: object, fetchFunc?: function,
 *          weightPathPrefix?: string, weightUrlConverter?: function, signal?: AbortSignal,
 *          verify?: boolean}} [options]
 * @return {Promise<LayersModel>}
 */
export async function loadLayersModel(source, options = {}) {
  const artifacts = await loadHandler(source, options).load(options);
  return modelFromArtifacts(artifacts, typeof source === 'string' ? source : 'model', options);
}

function modelFromArtifacts(artifacts, origin, options) {
  if (artifacts === null || typeof artifacts !== 'object') {
    throw new Error(`${origin}: the handler's load() must give model artifacts, but gave ${artifacts}`);
  }
  const { weightData, ...rest } = artifacts;
  if (weightData === undefined || weightData === null) {
    if (rest.weightSpecs?.length > 0) throw new Error(`${origin}: has weightSpecs, but no weightData`);
    return modelFromTopology(rest.modelTopology, origin);
  }
  if (rest.weightSpecs === undefined || rest.weightSpecs === null) {
    throw new Error(
      'LayersModel artifacts contains weight data, but not weight specs. Therefore loading of ' +
        'weights cannot proceed.',
    );
  }
  const pieces = Array.isArray(weightData) ? weightData : [weightData];
  if (!pieces.every((piece) => piece?.byteLength !== undefined)) {
    throw new Error(`${origin}: weightData must be an ArrayBuffer, or a list of them`);
  }
  const { model, warnings } = call('load_model', {
    artifacts: rest,
    weightData: pieces.map(give),
    origin,
    strict: options.strict ?? true,
  });
  for (const warning of warnings) (options.onWarning ?? console.warn)(warning);
  return modelOf(model);
}

function modelFromTopology(modelTopology, origin) {
  if (modelTopology === undefined || modelTopology === null) {
    throw new Error(`${origin}: modelTopology is missing`);
  }
  return modelOf(call('model_from_topology', { modelTopology, origin }));
}

/** A model with fresh weights. @param {string|object} json its topology */
export async function modelFromJSON(json) {
  const parsed = typeof json === 'string' ? JSON.parse(json) : json;
  return modelFromTopology(parsed.modelTopology ?? parsed, 'modelFromJSON');
}
