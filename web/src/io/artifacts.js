// ModelArtifacts between a store and memory: their sizes, what a save checks of them, and the
// conversions from a parsed model.json that TensorFlow.js offers to writers of handlers.
import { CompositeArrayBuffer } from './composite_array_buffer.js';
import { invalidArgument, unsupported } from './errors.js';
import { furtherFields, setField } from './model_json.js';
import { checkWeightSpecs, surplusBytes, weightRanges } from './weight_specs.js';

/** Bytes of `text` as UTF-8. */
export function utf8Length(text) {
  return new TextEncoder().encode(text).byteLength;
}

const jsonBytes = (value) => (value == null ? 0 : utf8Length(JSON.stringify(value)));

/**
 * What a save of `modelArtifacts` writes: the date, and sizes in bytes (of the JSON texts in
 * UTF-8).
 */
export function getModelArtifactsInfoForJSON(modelArtifacts) {
  if (modelArtifacts.modelTopology instanceof ArrayBuffer) {
    throw unsupported('save: the model topology is binary; only JSON can be saved');
  }
  return {
    dateSaved: new Date(),
    modelTopologyType: 'JSON',
    modelTopologyBytes: jsonBytes(modelArtifacts.modelTopology),
    weightSpecsBytes: jsonBytes(modelArtifacts.weightSpecs),
    weightDataBytes: new CompositeArrayBuffer(modelArtifacts.weightData).byteLength,
  };
}

/** The entries of all groups of a weights manifest, in order. */
export function getWeightSpecs(weightsManifest) {
  return weightsManifest.flatMap((group) => group.weights);
}

/**
 * Artifacts of a parsed model.json, its weight specs and its weight data.
 */
export function getModelArtifactsForJSONSync(modelJSON, weightSpecs, weightData) {
  const artifacts = {
    modelTopology: modelJSON.modelTopology,
    format: modelJSON.format,
    generatedBy: modelJSON.generatedBy,
    convertedBy: modelJSON.convertedBy,
  };
  if (modelJSON.weightsManifest != null) {
    const missing = !weightSpecs ? 'weightSpecs' : !weightData ? 'weightData' : '';
    if (missing) throw invalidArgument(`modelJSON has weightsManifest but ${missing} is null`);
    artifacts.weightSpecs = weightSpecs;
    artifacts.weightData = weightData;
  }
  for (const key of furtherFields(modelJSON, Object.keys(artifacts))) {
    if (modelJSON[key] != null) setField(artifacts, key, modelJSON[key]);
  }
  return artifacts;
}

/**
 * Artifacts of a parsed model.json; `loadWeights(weightsManifest)` gives a promise of
 * `[weightSpecs, weightData]`.
 */
export async function getModelArtifactsForJSON(modelJSON, loadWeights) {
  const [weightSpecs, weightData] =
    modelJSON.weightsManifest == null ? [] : await loadWeights(modelJSON.weightsManifest);
  return getModelArtifactsForJSONSync(modelJSON, weightSpecs, weightData);
}

/**
 * Throws when artifacts cannot be saved so that they load again: weights named twice, or fewer
 * bytes than their specs need.
 */
export function checkSavable(modelArtifacts) {
  if (modelArtifacts === null || typeof modelArtifacts !== 'object') {
    throw invalidArgument(`save: model artifacts must be an object, got ${typeof modelArtifacts}`);
  }
  const specs = modelArtifacts.weightSpecs;
  if (specs == null) return;
  checkWeightSpecs(specs, 'save');
  weightRanges(specs, new CompositeArrayBuffer(modelArtifacts.weightData), 'save');
}

/** Passes a warning on to the one who loads. */
export function warn(options, message) {
  if (options.onWarning) options.onWarning(message);
  else console.warn(`tfjs: ${message}`);
}

/**
 * `artifacts` with their weights, which must be enough; `what` names the weights. Bytes after the
 * last weight are worth a warning.
 */
export function withWeights(artifacts, weightData, what, options) {
  const data = new CompositeArrayBuffer(weightData);
  const surplus = surplusBytes(weightRanges(artifacts.weightSpecs, data, what), data);
  if (surplus > 0) warn(options, `${what}: ${surplus} bytes after the last weight are ignored`);
  artifacts.weightData = weightData;
  return artifacts;
}
