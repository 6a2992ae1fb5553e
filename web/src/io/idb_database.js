// The database that TensorFlow.js keeps its models in, and transactions on it as promises: one that
// writes is done when it is complete, not when its last request is.
import { corruptData, reasonOf, unavailable, unsupported } from './errors.js';

const databaseName = 'tensorflowjs';
const databaseVersion = 1;
export const modelStore = 'models_store';
export const infoStore = 'model_info_store';

function factory() {
  let found;
  try {
    found = globalThis.indexedDB;
  } catch (error) {
    throw unsupported(`indexeddb:// cannot be used: the browser denies access to it: ` +
      reasonOf(error), error);
  }
  if (found) return found;
  throw unsupported('indexeddb:// needs a browser: there is no IndexedDB here; file:// works in ' +
    'Node');
}

/** Whether there is IndexedDB here at all. */
export function hasIndexedDB() {
  try {
    return globalThis.indexedDB != null;
  } catch {
    return false;
  }
}

function openError(error) {
  if (error?.name === 'VersionError') {
    return unavailable(`the IndexedDB database '${databaseName}' has a newer version than ` +
      `${databaseVersion}: another program has changed it`, error);
  }
  return unavailable(`cannot open the IndexedDB database '${databaseName}': ${reasonOf(error)}`,
    error);
}

/** Opens the database; null when there is none and it is not to be made. */
function openOnce(makes) {
  return new Promise((resolve, reject) => {
    const request = factory().open(databaseName, databaseVersion);
    let isAbsent = false;
    request.onupgradeneeded = () => {
      if (!makes) {
        isAbsent = true; // undoes its making
        request.transaction.abort();
        return;
      }
      for (const name of [modelStore, infoStore]) {
        if (!request.result.objectStoreNames.contains(name)) {
          request.result.createObjectStore(name, { keyPath: 'modelPath' });
        }
      }
    };
    request.onblocked = () => reject(unavailable(`the IndexedDB database '${databaseName}' is ` +
      'held open by another tab; close that and try again'));
    request.onerror = (event) => {
      event.preventDefault?.();
      if (isAbsent) resolve(null);
      else reject(openError(request.error));
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close(); // or it would block those who delete it
      resolve(database);
    };
  });
}

const deleteEmpty = () => new Promise((resolve, reject) => {
  const request = factory().deleteDatabase(databaseName);
  request.onsuccess = () => resolve();
  request.onerror = () => reject(openError(request.error));
  request.onblocked = () => reject(openError(new Error('another tab holds it open')));
});

/** As openOnce, with both stores there. */
async function open(makes) {
  let database = await openOnce(makes);
  if (database && database.objectStoreNames.length === 0) {
    // Somebody opened it by name alone: it holds nothing, and can never hold anything.
    database.close();
    await deleteEmpty();
    database = await openOnce(makes);
  }
  if (!database) return null;
  const missing = [modelStore, infoStore].find((name) => !database.objectStoreNames.contains(name));
  if (missing === undefined) return database;
  database.close();
  throw corruptData(`the IndexedDB database '${databaseName}' has no store '${missing}': it is ` +
    'not the one that TensorFlow.js makes');
}

/**
 * Runs `work(stores)` in one transaction over the stores named, and gives what its request found,
 * once the transaction is complete when it writes. `work` gets an object from names to stores and returns a
 * request or nothing. Undefined comes back when there is no database and `mode` is "readonly".
 */
export async function inTransaction(names, mode, work, { makes = mode === 'readwrite' } = {}) {
  const database = await open(makes);
  if (!database) return undefined;
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(names, mode);
      const given = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
      let request;
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error ?? request?.error ??
        new Error('the transaction was aborted'));
      try {
        request = work(given);
        // What was read does not change any more; what was written may still fail.
        if (mode === 'readonly') request.onsuccess = () => resolve(request.result);
      } catch (error) {
        transaction.onabort = null;
        transaction.abort();
        reject(error);
      }
    });
  } finally {
    database.close();
  }
}
