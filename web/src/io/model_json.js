// The text of model.json: read into artifacts without weights and the list of files that hold
// them, and written. Top-level fields that nobody knows stay on the artifacts and are written back.
import { corruptData, quoted, reasonOf, unsupported } from './errors.js';
import { checkedWeightPath } from './weight_paths.js';
import { checkWeightSpecs } from './weight_specs.js';

const fieldsBeforeManifest = ['format', 'generatedBy', 'convertedBy'];
const fieldsAfterManifest = [
  'signature', 'userDefinedMetadata', 'modelInitializer', 'initializerSignature', 'trainingConfig',
];
const knownFields = [...fieldsBeforeManifest, ...fieldsAfterManifest];
/** Members of ModelArtifacts that are no fields of model.json. */
const notFields = new Set([
  'modelTopology', 'weightsManifest', 'weightSpecs', 'weightData', 'getWeightStream',
]);

/** Members that `artifacts` has besides topology and weights and those in `known`. */
export function furtherFields(artifacts, known = knownFields) {
  return Object.keys(artifacts).filter((key) =>
    !notFields.has(key) && !known.includes(key) && typeof artifacts[key] !== 'function');
}

/** Sets `key` as a member of its own, also when it is called "__proto__". */
export function setField(target, key, value) {
  Object.defineProperty(target, key,
    { value, writable: true, enumerable: true, configurable: true });
}

function parseIntegrity(entry, where) {
  if (entry === null || typeof entry !== 'object') {
    throw corruptData(`${where} must be an object, got ${quoted(JSON.stringify(entry))}`);
  }
  const { byteLength = null, sha256 = null } = entry;
  if (byteLength !== null && !(Number.isSafeInteger(byteLength) && byteLength >= 0)) {
    throw corruptData(`${where} byteLength must be an integer of 0 or more, ` +
      `got ${quoted(JSON.stringify(byteLength))}`);
  }
  if (sha256 !== null && !(typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256))) {
    throw corruptData(`${where} sha256 must be 64 hex digits, ` +
      `got ${quoted(JSON.stringify(sha256))}`);
  }
  return {
    byteLength: byteLength ?? undefined,
    sha256: sha256 === null ? undefined : sha256.toLowerCase(),
  };
}

function arrayIn(group, key, where) {
  if (!Array.isArray(group?.[key])) {
    throw corruptData(`${where} ${key} must be an array, ` +
      `got ${quoted(JSON.stringify(group?.[key]))}`);
  }
  return group[key];
}

/** The files of one manifest group. */
function filesOf(group, where) {
  const paths = arrayIn(group, 'paths', where);
  const integrity = group.integrity == null ? [] : arrayIn(group, 'integrity', where);
  if (group.integrity != null && integrity.length !== paths.length) {
    throw corruptData(`${where}: integrity has ${integrity.length} entries for ` +
      `${paths.length} paths`);
  }
  return paths.map((path, i) => {
    if (typeof path !== 'string') {
      throw corruptData(`${where} paths[${i}] must be a text, got ${quoted(JSON.stringify(path))}`);
    }
    return {
      path: checkedWeightPath(path, where),
      givenPath: path,
      integrity: integrity[i] === undefined ? {} : parseIntegrity(integrity[i],
        `${where} integrity[${i}]`),
    };
  });
}

/**
 * What a weights manifest says: `{specs, files}` of all groups in order; the files joined are the
 * weight data. A file is `{path, givenPath, integrity: {byteLength, sha256}}`.
 */
export function parseManifest(manifest, what) {
  if (!Array.isArray(manifest)) {
    throw corruptData(`${what}: weightsManifest must be an array, got ${typeof manifest}`);
  }
  const specs = [];
  const files = [];
  manifest.forEach((group, i) => {
    const where = `${what}: weightsManifest[${i}]`;
    files.push(...filesOf(group, where));
    for (const spec of arrayIn(group, 'weights', where)) specs.push(spec);
  });
  checkWeightSpecs(specs, what);
  const seen = new Set();
  for (const { path } of files) {
    if (seen.has(path)) throw corruptData(`${what}: weight path ${quoted(path)} is listed twice`);
    seen.add(path);
  }
  return { specs, files };
}

/** Why `text` may not be JSON, for the end of a message. */
function hint(text) {
  const start = text.slice(0, 512).trimStart();
  if (start === '') return ' (the file is empty)';
  if (start.startsWith('<')) return ' (this is HTML or XML: a page in place of model.json?)';
  return '';
}

export function parseJson(text, what) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corruptData(`${what} is not valid JSON: ${reasonOf(error)}${hint(text)}`, error);
  }
}

/** The text of a JSON file; a byte order mark is passed over. */
export function decodeUtf8(bytes, what) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw corruptData(`${what} is not UTF-8 text`, error);
  }
}

/**
 * The model that a parsed model.json describes: `{artifacts, files}`, the artifacts without
 * weightData, and without weightSpecs too when there is no manifest. `what` names the JSON.
 */
export function modelFromJson(json, what) {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw corruptData(`${what} is no TensorFlow.js model: it must be a JSON object`);
  }
  const { modelTopology, weightsManifest } = json;
  if (modelTopology == null && weightsManifest == null) {
    throw corruptData(`${what} is no TensorFlow.js model: it contains neither model topology or ` +
      'manifest of weights (modelTopology, weightsManifest)');
  }
  if (modelTopology != null && typeof modelTopology !== 'object') {
    throw corruptData(`${what}: modelTopology must be an object, got ${typeof modelTopology}`);
  }
  const artifacts = { modelTopology: modelTopology ?? undefined };
  for (const key of Object.keys(json)) {
    if (!notFields.has(key)) setField(artifacts, key, json[key]);
  }
  if (weightsManifest == null) return { artifacts, files: [] };
  const { specs, files } = parseManifest(weightsManifest, what);
  artifacts.weightSpecs = specs;
  return { artifacts, files };
}

/** modelFromJson for a text, or for the bytes of one. */
export function parseModelJson(text, what) {
  const plain = typeof text === 'string' ? text : decodeUtf8(text, what);
  return modelFromJson(parseJson(plain, what), what);
}

/**
 * The manifest of weights that lie in `files`: `{path, byteLength, sha256}` each. Artifacts without
 * specs give an empty one.
 */
export function manifestOf(weightSpecs, files) {
  if (weightSpecs == null) return [];
  return [{
    paths: files.map((file) => file.path),
    weights: weightSpecs,
    integrity: files.map(({ byteLength, sha256 }) => ({ byteLength, sha256 })),
  }];
}

/**
 * The text of model.json. Keys as TensorFlow.js orders them, then fields that nobody knows in the
 * order they came; absent ones are left out.
 */
export function writeModelJson(artifacts, manifest) {
  if (artifacts.modelTopology instanceof ArrayBuffer) {
    throw unsupported('save: the model topology is binary; only JSON can be saved');
  }
  // Joined as text: in an object, a field called "0" would come before all others.
  const members = [];
  const add = (key, value) => {
    const text = JSON.stringify(value);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  };
  add('modelTopology', artifacts.modelTopology ?? undefined);
  for (const key of fieldsBeforeManifest) add(key, artifacts[key]);
  add('weightsManifest', manifest);
  for (const key of fieldsAfterManifest) add(key, artifacts[key]);
  for (const key of furtherFields(artifacts)) add(key, artifacts[key]);
  return `{${members.join(',')}}`;
}
