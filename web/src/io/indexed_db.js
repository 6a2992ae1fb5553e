// indexeddb://NAME: a record with the artifacts and one with their info, as TensorFlow.js keeps
// them, written and removed in one transaction, so that list and models always agree and a save
// that is cut short has changed nothing.
import { checkSavable, getModelArtifactsInfoForJSON, withWeights } from './artifacts.js';
import { CompositeArrayBuffer, joined } from './composite_array_buffer.js';
import { corruptData, notFound, quoted, reasonOf, unavailable } from './errors.js';
import { hasIndexedDB, inTransaction, infoStore, modelStore } from './idb_database.js';
import { setField } from './model_json.js';
import { ByteProgress } from './progress.js';
import { registerLoadRouter, registerSaveRouter, registerScheme } from './router.js';
import { isQuotaError, modelNameOf, quotaNote, registerStore, reviveInfo } from './stores.js';
import { checkSignal } from './weight_files.js';
import { checkWeightSpecs } from './weight_specs.js';

const scheme = 'indexeddb://';

/** The artifacts as they are stored: weights in one buffer, without what cannot be stored. */
function storedArtifacts(artifacts) {
  const stored = {};
  for (const key of Object.keys(artifacts)) {
    if (typeof artifacts[key] !== 'function') setField(stored, key, artifacts[key]);
  }
  stored.weightData = joined(artifacts.weightData);
  return stored;
}

/** Saves to and loads from IndexedDB; see browserIndexedDB. */
export class BrowserIndexedDB {
  #name;

  constructor(modelPath) {
    this.#name = modelNameOf(modelPath, scheme, 'IndexedDB');
  }

  get description() {
    return scheme + this.#name;
  }

  /** The same for two handlers of one place. */
  get place() {
    return this.description;
  }

  async save(modelArtifacts) {
    checkSavable(modelArtifacts);
    const modelArtifactsInfo = getModelArtifactsInfoForJSON(modelArtifacts);
    const stored = storedArtifacts(modelArtifacts);
    const modelPath = this.#name;
    try {
      await inTransaction([infoStore, modelStore], 'readwrite', (stores) => {
        stores[infoStore].put({ modelPath, modelArtifactsInfo });
        stores[modelStore].put({ modelPath, modelArtifacts: stored, modelArtifactsInfo });
      });
    } catch (error) {
      throw await this.#saveError(error, modelArtifactsInfo);
    }
    return { modelArtifactsInfo };
  }

  async #saveError(error, info) {
    if (error?.code !== undefined && typeof error.code === 'string') return error; // ours
    const needed = info.modelTopologyBytes + info.weightSpecsBytes + info.weightDataBytes;
    const reason = isQuotaError(error)
      ? `it needs ${needed} bytes, more than are free${await quotaNote()}`
      : `${reasonOf(error)} (it needs ${needed} bytes)`;
    return unavailable(`cannot save to ${quoted(this.description)}: ${reason}; what was there is ` +
      'kept', error);
  }

  async #find(storeName) {
    const record = await inTransaction([storeName], 'readonly',
      (stores) => stores[storeName].get(this.#name));
    if (record === undefined) throw this.#notFound();
    return record;
  }

  #notFound() {
    return notFound(`Cannot find model with path ${quoted(this.#name)} in IndexedDB.`);
  }

  async load(options = {}) {
    checkSignal(options.signal);
    return this.#read(await this.#find(modelStore), options);
  }

  #read({ modelArtifacts: artifacts }, options = {}) {
    if (artifacts === null || typeof artifacts !== 'object') {
      throw corruptData(`${this.description}: its record in IndexedDB holds no artifacts`);
    }
    const { byteLength } = new CompositeArrayBuffer(artifacts.weightData);
    const progress = new ByteProgress(options.onProgress, byteLength);
    if (artifacts.weightSpecs != null) {
      checkWeightSpecs(artifacts.weightSpecs, this.description);
      withWeights(artifacts, artifacts.weightData ?? new ArrayBuffer(0), this.description, options);
    }
    progress.finish();
    return artifacts;
  }

  /** Removes the model; its info comes back. */
  async remove() {
    return (await this.#removeIf(infoStore, () => true)).modelArtifactsInfo;
  }

  /** Removes the model unless `check(artifacts)` throws. */
  async removeChecked(check) {
    let failure;
    await this.#removeIf(modelStore, (record) => {
      try {
        check(this.#read(record));
        return true;
      } catch (error) {
        failure = error;
        return false;
      }
    });
    if (failure !== undefined) throw failure;
  }

  /**
   * Removes the model if `holds(record)`, its record in that store, and gives the record. One
   * transaction: a save comes before it, or after.
   */
  async #removeIf(storeName, holds) {
    const record = await inTransaction([infoStore, modelStore], 'readwrite', (stores) => {
      const request = stores[storeName].get(this.#name);
      request.onsuccess = () => {
        if (request.result === undefined || !holds(request.result)) return;
        stores[infoStore].delete(this.#name);
        stores[modelStore].delete(this.#name);
      };
      return request;
    }, { makes: false });
    if (record === undefined) throw this.#notFound();
    return record;
  }
}

/**
 * A handler for the browser's IndexedDB, in pages and workers.
 *
 * @param {string} modelPath the name of the model; it may hold slashes
 */
export function browserIndexedDB(modelPath) {
  return new BrowserIndexedDB(modelPath);
}

export function indexedDBRouter(url) {
  return typeof url === 'string' && url.startsWith(scheme) ? browserIndexedDB(url) : null;
}

async function listIndexedDB() {
  const records = await inTransaction([infoStore], 'readonly',
    (stores) => stores[infoStore].getAll());
  const models = {};
  for (const { modelPath, modelArtifactsInfo } of records ?? []) {
    setField(models, modelPath, reviveInfo(modelArtifactsInfo, `indexeddb://${modelPath}`));
  }
  return models;
}

registerScheme(scheme);
registerSaveRouter(indexedDBRouter);
registerLoadRouter(indexedDBRouter);
registerStore(scheme, { isThere: hasIndexedDB, list: listIndexedDB });
