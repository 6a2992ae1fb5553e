// Handlers without a place: artifacts that are in memory already, and functions that take them.
import { invalidArgument } from './errors.js';

function artifactsFrom(args) {
  const [first, weightSpecs, weightData, trainingConfig] = args;
  if (args.length > 1) return { modelTopology: first, weightSpecs, weightData, trainingConfig };
  const isArtifacts = first?.modelTopology != null || first?.weightSpecs != null;
  return isArtifacts ? first : { modelTopology: first };
}

/**
 * A handler that loads what it is given: ModelArtifacts. (The older form with topology, weight
 * specs, weight data and training config one by one works too, and so does a topology alone.)
 *
 * @example const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
 */
export function fromMemory(...args) {
  const artifacts = artifactsFrom(args);
  return { load: async () => artifacts };
}

/** fromMemory whose `load` returns the artifacts themselves, not a promise of them. */
export function fromMemorySync(...args) {
  const artifacts = artifactsFrom(args);
  return { load: () => artifacts };
}

function checkFunction(saveHandler, name) {
  if (typeof saveHandler !== 'function') {
    throw invalidArgument(`${name} needs a function that takes ModelArtifacts, ` +
      `got ${typeof saveHandler}`);
  }
}

/**
 * A handler that gives what is saved to a function, which returns a promise of a SaveResult.
 *
 * @example await model.save(tf.io.withSaveHandler(async (artifacts) => upload(artifacts)));
 */
export function withSaveHandler(saveHandler) {
  checkFunction(saveHandler, 'withSaveHandler');
  return { save: (modelArtifacts) => saveHandler(modelArtifacts) };
}

/** withSaveHandler for a function that returns the SaveResult itself. */
export function withSaveHandlerSync(saveHandler) {
  checkFunction(saveHandler, 'withSaveHandlerSync');
  return { save: (modelArtifacts) => saveHandler(modelArtifacts) };
}
