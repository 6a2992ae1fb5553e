// tf.io: where models are saved to and loaded from. Importing a handler registers its scheme.
export { browserDownloads } from './downloads.js';
export { fileSystem } from './file.js';
export { browserHTTPRequest, http, isHTTPScheme } from './http.js';
export { browserIndexedDB } from './indexed_db.js';
export { browserLocalStorage } from './local_storage.js';
export { browserFiles } from './browser_files.js';
export { fromMemory, fromMemorySync, withSaveHandler, withSaveHandlerSync } from './memory.js';
export { getLoadHandlers, getSaveHandlers, registerLoadRouter, registerSaveRouter }
  from './router.js';
export { copyModel, listModels, moveModel, removeModel } from './model_management.js';
export { decodeWeights, decodeWeightsStream, encodeWeights } from './weights.js';
export { loadWeights, weightsLoaderFactory } from './weights_loader.js';
export { getModelArtifactsForJSON, getModelArtifactsForJSONSync, getModelArtifactsInfoForJSON,
  getWeightSpecs } from './artifacts.js';
export { CompositeArrayBuffer, concatenateArrayBuffers } from './composite_array_buffer.js';
