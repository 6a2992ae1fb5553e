// Loading from files that a person picked or dropped, in any order: the JSON is found among them,
// and each weight path of it is matched with one of them.
import { corruptData, invalidArgument, notFound, quoted } from './errors.js';
import { isStray, listGivenFiles } from './given_files.js';
import { parseJson, parseModelJson, decodeUtf8 } from './model_json.js';
import { readModelZip } from './model_zip.js';
import { checkSignal, readModel } from './weight_files.js';
import { folderOf, lastName } from './weight_paths.js';
import { warn } from './artifacts.js';
import { isZip } from './zip_reader.js';

const mostNames = 10;

function namesOf(files) {
  const names = files.slice(0, mostNames).map((file) => quoted(file.path));
  if (files.length > mostNames) names.push(`${files.length - mostNames} more`);
  return names.join(', ');
}

/** Of several files that are called JSON, those that are the JSON of a model. */
async function modelsAmong(jsons) {
  const models = [];
  let problem;
  for (const file of jsons) {
    try {
      const json = parseJson(decodeUtf8(await file.read(), file.path), file.path);
      if (json?.modelTopology !== undefined || json?.weightsManifest !== undefined) {
        models.push(file);
      }
    } catch (error) {
      problem ??= error;
    }
  }
  if (models.length === 0 && problem) throw problem;
  return models;
}

/** The JSON of the model, or undefined when no file is called JSON. */
async function findJson(files) {
  const jsons = files.filter((file) => file.path.endsWith('.json'));
  if (jsons.length < 2) return jsons[0];
  const models = await modelsAmong(jsons);
  if (models.length === 1) return models[0];
  if (models.length > 1) {
    throw invalidArgument(`browserFiles: ${models.length} of the files are models: ` +
      `${namesOf(models)}; give one`);
  }
  throw corruptData(`browserFiles: none of ${namesOf(jsons)} is a TensorFlow.js model: they have ` +
    'neither modelTopology nor weightsManifest');
}

async function findZip(files) {
  const zips = [];
  for (const file of files) {
    if (isZip(await file.start())) zips.push(file);
  }
  if (zips.length === 1) return zips[0];
  if (zips.length > 1) {
    throw invalidArgument(`browserFiles: several zip archives were given: ${namesOf(zips)}; ` +
      'give one');
  }
  throw notFound('browserFiles: no model.json, nor a zip archive, among the files given: ' +
    `${files.length === 0 ? 'there are none' : namesOf(files)}`);
}

/** The file that a weight path means: the one of that path, else the only one of that name. */
function match(path, jsonPath, files, prefix) {
  const whole = (prefix || folderOf(jsonPath)) + path;
  const exact = files.filter((file) => file.path === whole);
  if (exact.length === 1) return exact[0];
  const alike = files.filter((file) => lastName(file.path) === lastName(path));
  if (alike.length > 1 || exact.length > 1) {
    throw invalidArgument(`browserFiles: weight path ${quoted(path)} could be each of ` +
      namesOf(alike));
  }
  return alike[0];
}

function checkMissing(missing, jsonPath, isJsonAlone) {
  if (missing.length === 0) return;
  const names = missing.map((path) => quoted(isJsonAlone ? path : lastName(path)));
  if (isJsonAlone) {
    throw notFound(`browserFiles: ${jsonPath} names weight files that were not given: ` +
      `${names.join(', ')} (topologyOnly loads the topology without them)`);
  }
  throw notFound(names.length === 1 ? `Weight file with basename ${names[0]} is not provided.`
    : `Weight files with basenames ${names.join(', ')} are not provided.`);
}

/** Each weight path with the file that it means. */
function matchAll(model, json, files, options) {
  const found = new Map();
  const taken = new Set();
  const missing = [];
  for (const { path } of model.files) {
    const file = match(path, json.path, files, options.weightPathPrefix);
    if (file && taken.has(file)) {
      throw invalidArgument('Duplicate file basename found in weights manifest: ' +
        quoted(lastName(path)));
    }
    if (!file) missing.push(path);
    taken.add(file);
    found.set(path, file);
  }
  checkMissing(missing, json.path, files.length === 0);
  const unused = files.filter((file) => !taken.has(file));
  // Of a folder, people give what is in it; files picked one by one are all meant.
  if (unused.some((file) => !file.isInFolder)) {
    throw invalidArgument('Mismatch in the number of files in weights manifest ' +
      `(${model.files.length}) and the number of weight files provided (${files.length}).`);
  }
  for (const file of unused) {
    warn(options, `browserFiles: ${quoted(file.path)} is no file of the model; ignored`);
  }
  return found;
}

async function loadJson(json, files, options) {
  const model = parseModelJson(await json.read(), json.path);
  const { artifacts } = model;
  if (artifacts.modelTopology === undefined) {
    throw corruptData(`modelTopology field is missing from file ${json.path}`);
  }
  if (options.topologyOnly) return artifacts;
  if (artifacts.weightSpecs === undefined) {
    throw corruptData(`weightsManifest field is missing from file ${json.path}; topologyOnly ` +
      'loads the topology alone');
  }
  const others = files.filter((file) => file !== json);
  const byPath = matchAll(model, json, others, options);
  return readModel(model, {
    shown: ({ path }) => byPath.get(path).path,
    open: ({ path }) => byPath.get(path).read(),
  }, json.path, options);
}

/** Loads from files; see browserFiles. */
export class BrowserFiles {
  #files;
  #options;

  constructor(files, options) {
    this.#files = listGivenFiles(files);
    this.#files.catch(() => {}); // it is load that reports it
    this.#options = options ?? {};
  }

  get description() {
    return 'the files given';
  }

  async load(options) {
    const merged = { ...this.#options, ...options };
    checkSignal(merged.signal);
    const files = (await this.#files).filter((file) => !isStray(file.path));
    const json = await findJson(files);
    let artifacts;
    if (json) {
      artifacts = await loadJson(json, files, merged);
    } else {
      const zip = await findZip(files);
      artifacts = await readModelZip(await zip.read(), zip.path, merged);
    }
    if (merged.topologyOnly) delete artifacts.weightSpecs;
    return artifacts;
  }
}

/**
 * A handler that loads from files a person gave.
 *
 * @param {FileList|File[]|DataTransfer|DataTransferItemList|Array<{name, bytes}>} files model.json
 *   and its weight files in any order, a folder that holds them, or one zip archive
 * @param {object} [options] `topologyOnly`: load the topology without weights; and `onProgress`,
 *   `signal`, `verify`, `weightPathPrefix`, `onWarning`
 *
 * @example const model = await tf.loadLayersModel(tf.io.browserFiles(input.files));
 */
export function browserFiles(files, options) {
  return new BrowserFiles(files, options);
}
