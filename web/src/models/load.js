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
export async function loadLayersModel(source, options) {
  const how = options ?? {};
  const loaded = loadHandler(source, how).load(how);
  const artifacts = await unlessAborted(loaded, how.signal);
  return modelFromArtifacts(artifacts, typeof source === 'string' ? source : 'model', how);
}

/** What `work` gives, or the signal's reason when that comes first: a handler may not look at it. */
async function unlessAborted(work, signal) {
  if (signal === undefined || signal === null) return work;
  if (typeof signal.addEventListener !== 'function') {
    throw new Error('loadLayersModel: signal must be an AbortSignal');
  }
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function modelFromArtifacts(artifacts, origin, options) {
  if (artifacts === null || typeof artifacts !== 'object') {
    throw new Error(`${origin}: the handler's load() must give model artifacts, but gave ${artifacts}`);
  }
  const { weightData, ...rest } = artifacts;
  if (weightData === undefined || weightData === null) {
    if (rest.weightSpecs?.length > 0) throw new Error(`${origin}: has weightSpecs, but no weightData`);
    return modelWithoutWeights(rest.modelTopology, origin, options);
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

/** A model file that lists no weights is half of one; who makes artifacts by hand may mean it. */
function modelWithoutWeights(modelTopology, origin, { strict = true }) {
  const model = modelFromTopology(modelTopology, origin);
  if (!strict || origin === 'model' || model.countParams() === 0) return model;
  model.dispose();
  throw new Error(`${origin}: it has no weights (no weightsManifest), but its layers have; with ` +
    'strict: false they get fresh ones');
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
