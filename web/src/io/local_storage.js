// localstorage://NAME: five texts in the page's local storage, keys and texts as TensorFlow.js
// writes them. All are made before the first is written; when they do not fit, what was there is
// put back, so that a save fails without losing the model it should have replaced.
import { checkSavable, getModelArtifactsInfoForJSON, warn, withWeights } from './artifacts.js';
import { fromBase64, toBase64 } from './base64.js';
import { joined } from './composite_array_buffer.js';
import { corruptData, notFound, quoted, reasonOf, unavailable, unsupported } from './errors.js';
import { furtherFields, parseJson, setField } from './model_json.js';
import { ByteProgress } from './progress.js';
import { registerLoadRouter, registerSaveRouter, registerScheme } from './router.js';
import { isQuotaError, modelNameOf, registerStore, reviveInfo } from './stores.js';
import { checkSignal } from './weight_files.js';
import { checkWeightSpecs } from './weight_specs.js';

const scheme = 'localstorage://';
const prefix = 'tensorflowjs_models/';
const suffixes = ['info', 'model_topology', 'weight_specs', 'weight_data', 'model_metadata'];
const metadataFields = ['format', 'generatedBy', 'convertedBy', 'signature', 'userDefinedMetadata',
  'modelInitializer', 'initializerSignature', 'trainingConfig'];
/** Of those, the ones that TensorFlow.js leaves out when they are null. */
const neverNull = new Set(metadataFields.slice(3));

const keyOf = (name, suffix) => `${prefix}${name}/${suffix}`;

/** The page's local storage. */
function storage() {
  let found;
  try {
    found = globalThis.localStorage;
  } catch (error) {
    throw unsupported(`localstorage:// cannot be used: the browser denies access to it: ` +
      reasonOf(error), error);
  }
  if (found) return found;
  throw unsupported('localstorage:// needs a page: there is no local storage in workers or in ' +
    'Node; indexeddb:// works in workers, file:// in Node');
}

function metadataOf(artifacts) {
  const metadata = {};
  for (const field of metadataFields) {
    const value = artifacts[field];
    if (value !== undefined && !(value === null && neverNull.has(field))) metadata[field] = value;
  }
  for (const field of furtherFields(artifacts, metadataFields)) {
    setField(metadata, field, artifacts[field]);
  }
  return metadata;
}

/** The five texts, by key. */
function textsOf(name, artifacts, info) {
  const values = [
    JSON.stringify(info),
    JSON.stringify(artifacts.modelTopology ?? null),
    JSON.stringify(artifacts.weightSpecs ?? []),
    toBase64(new Uint8Array(joined(artifacts.weightData))),
    JSON.stringify(metadataOf(artifacts)),
  ];
  return new Map(suffixes.map((suffix, i) => [keyOf(name, suffix), values[i]]));
}

function putBack(store, previous) {
  for (const key of previous.keys()) store.removeItem(key);
  for (const [key, value] of previous) {
    if (value !== null) store.setItem(key, value);
  }
}

/** Writes all texts, or leaves what was there. */
function replaceTexts(store, texts) {
  const previous = new Map([...texts.keys()].map((key) => [key, store.getItem(key)]));
  try {
    // The old ones go first: together with half of the new ones they may not fit.
    for (const key of texts.keys()) store.removeItem(key);
    for (const [key, value] of texts) store.setItem(key, value);
  } catch (error) {
    putBack(store, previous);
    throw error;
  }
}

/** Saves to and loads from local storage; see browserLocalStorage. */
export class BrowserLocalStorage {
  #name;

  constructor(modelPath) {
    this.#name = modelNameOf(modelPath, scheme, 'local storage');
  }

  get description() {
    return scheme + this.#name;
  }

  /** The same for two handlers of one place. */
  get place() {
    return this.description;
  }

  async save(modelArtifacts) {
    const store = storage();
    checkSavable(modelArtifacts);
    const modelArtifactsInfo = getModelArtifactsInfoForJSON(modelArtifacts);
    const texts = textsOf(this.#name, modelArtifacts, modelArtifactsInfo);
    try {
      replaceTexts(store, texts);
    } catch (error) {
      throw this.#saveError(error, texts, modelArtifactsInfo);
    }
    return { modelArtifactsInfo };
  }

  #saveError(error, texts, info) {
    const needed = [...texts].reduce((all, [key, text]) => all + key.length + text.length, 0);
    const reason = isQuotaError(error) || error?.code === 22
      ? `it needs ${needed} bytes, more than are free in local storage (browsers give a site ` +
        'about 5 MB)' : `${reasonOf(error)} (it needs ${needed} bytes)`;
    return unavailable(`cannot save to ${quoted(this.description)}: ${reason}; ` +
      'what was there is kept; indexeddb:// has room for large models ' +
      `(modelTopologyBytes=${info.modelTopologyBytes}, ` +
      `weightSpecsBytes=${info.weightSpecsBytes}, weightDataBytes=${info.weightDataBytes})`, error);
  }

  async load(options = {}) {
    checkSignal(options.signal);
    return this.#read(storage(), options);
  }

  #read(store, options = {}) {
    this.#readInfo(store);
    const artifacts = { modelTopology: this.#readJson(store, 'model_topology') ?? undefined };
    const metadata = this.#readJson(store, 'model_metadata', '{}'); // old models have none
    for (const field of Object.keys(metadata ?? {})) setField(artifacts, field, metadata[field]);
    const specs = this.#readJson(store, 'weight_specs');
    checkWeightSpecs(specs, keyOf(this.#name, 'weight_specs'));
    artifacts.weightSpecs = specs;
    const weightData = this.#readWeights(store);
    const progress = new ByteProgress(options.onProgress, weightData.byteLength);
    withWeights(artifacts, weightData, keyOf(this.#name, 'weight_data'), options);
    progress.finish();
    return artifacts;
  }

  #readInfo(store) {
    const key = keyOf(this.#name, 'info');
    const text = store.getItem(key);
    if (text === null) {
      throw notFound(`In local storage, there is no model with name ${quoted(this.#name)}`);
    }
    const info = reviveInfo(parseJson(text, key), key);
    if (info.modelTopologyType !== 'JSON') {
      throw unsupported(`${key}: modelTopologyType must be 'JSON', ` +
        `got ${quoted(info.modelTopologyType)}`);
    }
    return info;
  }

  #readText(store, suffix, absent) {
    const key = keyOf(this.#name, suffix);
    const text = store.getItem(key) ?? absent;
    if (text !== undefined) return text;
    throw corruptData(`In local storage, the model ${quoted(this.#name)} is incomplete: ` +
      `${quoted(key)} is missing`);
  }

  #readJson(store, suffix, absent) {
    const key = keyOf(this.#name, suffix);
    const json = parseJson(this.#readText(store, suffix, absent), key);
    if (json === null || typeof json === 'object') return json;
    throw corruptData(`${key} must be a JSON object or array, got ${quoted(json)}`);
  }

  #readWeights(store) {
    const text = this.#readText(store, 'weight_data');
    try {
      return fromBase64(text);
    } catch (error) {
      throw corruptData(`${keyOf(this.#name, 'weight_data')} is not valid base64`, error);
    }
  }

  /** Removes the model; its info comes back. */
  async remove() {
    const store = storage();
    let info;
    try {
      info = this.#readInfo(store);
    } catch (error) {
      if (error.code === 'NotFound') throw error;
      info = { modelTopologyType: 'JSON' }; // it is damaged, which is a reason to remove it
    }
    this.#removeTexts(store);
    return info;
  }

  /**
   * Removes the model unless `check(artifacts)` throws, in one turn: no save of this page comes in
   * between.
   */
  async removeChecked(check) {
    const store = storage();
    check(this.#read(store));
    this.#removeTexts(store);
  }

  #removeTexts(store) {
    for (const suffix of suffixes) store.removeItem(keyOf(this.#name, suffix));
  }
}

/**
 * A handler for the page's local storage, which has room for small models (about 5 MB in all).
 *
 * @param {string} modelPath the name of the model; it may hold slashes
 */
export function browserLocalStorage(modelPath) {
  return new BrowserLocalStorage(modelPath);
}

export function localStorageRouter(url) {
  return typeof url === 'string' && url.startsWith(scheme) ? browserLocalStorage(url) : null;
}

async function listLocalStorage() {
  const store = storage();
  const models = {};
  for (let i = 0; i < store.length; ++i) {
    const key = store.key(i);
    if (!key.startsWith(prefix) || !key.endsWith('/info')) continue;
    const name = key.slice(prefix.length, -'/info'.length);
    if (name === '') continue;
    try {
      setField(models, name, reviveInfo(parseJson(store.getItem(key), key), key));
    } catch (error) {
      warn({}, `localstorage://${name} is damaged: ${error.message}`); // the others are not
    }
  }
  return models;
}

function isThere() {
  try {
    return globalThis.localStorage != null;
  } catch {
    return false;
  }
}

registerScheme(scheme);
registerSaveRouter(localStorageRouter);
registerLoadRouter(localStorageRouter);
registerStore(scheme, { isThere, list: listLocalStorage });
