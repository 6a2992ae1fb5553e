// What the two stores of a browser share: names of models, the registry of places that can list
// and remove, and reading a date that a store holds as text.
import { corruptData, invalidArgument, quoted } from './errors.js';

const managers = new Map();

/**
 * Registers a store: `list()` gives a promise of `{name: info}`; `isThere()` tells whether the
 * store exists in this environment.
 */
export function registerStore(scheme, manager) {
  managers.set(scheme, manager);
}

/** The stores as pairs of scheme ("localstorage://") and manager. */
export function stores() {
  return [...managers];
}

/** The name in "localstorage://name", which may be given without the scheme. */
export function modelNameOf(modelPath, scheme, storeName) {
  if (modelPath == null || modelPath === '' || modelPath === scheme) {
    throw invalidArgument(`For ${storeName}, modelPath must not be null, undefined or empty.`);
  }
  const path = String(modelPath);
  return path.startsWith(scheme) ? path.slice(scheme.length) : path;
}

/** ModelArtifactsInfo from its JSON: TensorFlow.js writes dateSaved as text. */
export function reviveInfo(info, what) {
  if (info === null || typeof info !== 'object' || Array.isArray(info)) {
    throw corruptData(`${what} must be an object, got ${quoted(JSON.stringify(info))}`);
  }
  const date = new Date(info.dateSaved);
  return Number.isNaN(date.getTime()) ? { ...info } : { ...info, dateSaved: date };
}

/** The end of a message about a store that is full. */
export async function quotaNote() {
  try {
    const { quota, usage } = await globalThis.navigator.storage.estimate();
    return ` (the browser gives this site ${quota} bytes, of which ${usage} are used)`;
  } catch {
    return ''; // not every browser tells
  }
}

/** Whether an error says that a store is full, in the words of any browser. */
export function isQuotaError(error) {
  return error?.name === 'QuotaExceededError' || error?.name === 'NS_ERROR_DOM_QUOTA_REACHED';
}
