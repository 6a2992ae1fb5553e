// What file:// does in Node: a model saved into a folder as model.json and model.weights.bin, both
// replaced together, or into a zip archive; loaded from the folder, its model.json, or an archive.
import { checkSavable, getModelArtifactsInfoForJSON } from '../artifacts.js';
import { bytesOf, joined, piecesOf } from '../composite_array_buffer.js';
import { invalidArgument, notFound, quoted, reasonOf, unavailable } from '../errors.js';
import { manifestOf, parseModelJson, writeModelJson } from '../model_json.js';
import { makeModelZip, readModelZip } from '../model_zip.js';
import { sha256Hex } from '../sha256.js';
import { checkSignal, readModel } from '../weight_files.js';
import { weightBytes } from '../weight_specs.js';
import { isZip } from '../zip_reader.js';
import { completePending, removeInside, replaceFile, replaceFiles } from './folder_update.js';
import { ModelFolder, readFile } from './model_folder.js';
import { fs, path } from './modules.js';
import { infoOf, isSystemError, resolved, unlessGone } from './staging.js';

const jsonName = 'model.json';
const weightsName = 'model.weights.bin';
const loadAttempts = 40; // a load is faster than a save; several in a row are bad luck

const infoThrough = (file) => fs.stat(file).catch((error) => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
});

/** Where a model is: its folder, and the name of its JSON file in there. */
async function placeToLoad(given) {
  const info = await infoThrough(given);
  if (!info) throw notFound(`no model at ${quoted(given)}: no such file or folder`);
  if (info.isDirectory()) return { folder: given, json: jsonName, isJsonNamed: false };
  if (!info.isFile()) {
    throw invalidArgument(`${quoted(given)} is neither a folder nor a regular file`);
  }
  return { folder: path.dirname(given), json: path.basename(given), isJsonNamed: true };
}

/** The folder to save to: `given`, or that of a model.json it names. */
async function folderToSave(given) {
  const info = await infoThrough(given);
  if (info?.isDirectory()) return given;
  if (path.basename(given) === jsonName) return path.dirname(given);
  if (info) {
    throw invalidArgument(`cannot save to ${quoted(given)}: it is a file; a model is saved into ` +
      'a folder');
  }
  if (given.endsWith('.json')) {
    throw invalidArgument(`cannot save to ${quoted(given)}: a model is saved into a folder, as ` +
      'model.json; give the folder');
  }
  return given;
}

/** The bytes of the archive at a path, or null when there is none. */
async function readZip(given) {
  const info = await infoThrough(given);
  if (!info?.isFile()) return null;
  const handle = await fs.open(given);
  try {
    const start = Buffer.alloc(4);
    await handle.read(start, 0, 4, 0);
    if (!isZip(start)) return null;
  } finally {
    await handle.close();
  }
  return bytesOf(await fs.readFile(given));
}

/** The weight files that a model.json names, as many as can be understood. */
function weightNames(json, shown) {
  try {
    return parseModelJson(json, shown).files.map((file) => file.path);
  } catch {
    return []; // no model, so nothing of a model
  }
}

async function modelFileNames(folder) {
  try {
    const model = new ModelFolder(folder, jsonName, { followLinks: true });
    await model.open();
    return [jsonName, ...weightNames(model.json, folder)];
  } catch {
    return [jsonName]; // no model there yet
  }
}

/** Weight paths as they are asked for: in the model's folder, or after weightPathPrefix. */
function weightSource(folder, prefix) {
  if (!prefix) {
    return { shown: (file) => folder.shown(file.path), open: (file) => folder.read(file.path) };
  }
  const plain = prefix.startsWith('file://') ? prefix.slice('file://'.length) : prefix;
  return {
    shown: (file) => plain + file.path,
    open: (file) => readFile(plain + file.path),
  };
}

async function loadOnce(given, options, seen) {
  const place = await placeToLoad(given);
  const folder = new ModelFolder(place.folder, place.json, { ...options, ...place });
  await folder.open();
  seen.folder = folder;
  const shown = folder.shown(place.json);
  const model = parseModelJson(folder.json, shown);
  return readModel(model, weightSource(folder, options.weightPathPrefix), shown, options);
}

/** Loads again when a save came in between. */
async function loadFromFolder(given, options) {
  for (let attempt = 1; ; ++attempt) {
    checkSignal(options.signal);
    const seen = {};
    const isLast = attempt === loadAttempts;
    try {
      const artifacts = await loadOnce(given, options, seen);
      if (isLast || await seen.folder.isUnchanged()) return artifacts;
    } catch (error) {
      checkSignal(options.signal);
      const mayBeReplaced = seen.folder ? !(await seen.folder.isUnchanged())
        : error.code === 'NotFound' && attempt < 6;
      if (isLast || !mayBeReplaced) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, Math.min(attempt, 10)); });
  }
}

export async function loadFrom(given, options) {
  const zip = await readZip(given);
  return zip ? readModelZip(zip, given, options) : loadFromFolder(given, options);
}

async function saveToFolder(given, artifacts) {
  checkSavable(artifacts);
  const modelArtifactsInfo = getModelArtifactsInfoForJSON(artifacts);
  const bytes = new Uint8Array(joined(artifacts.weightData));
  const manifest = manifestOf(artifacts.weightSpecs, [{
    path: `./${weightsName}`,
    byteLength: bytes.byteLength,
    sha256: await sha256Hex(bytes),
  }]);
  const json = new TextEncoder().encode(writeModelJson(artifacts, manifest));
  // The file that readers open first is written, and so moved, last.
  await replaceFiles(await folderToSave(given), [
    { name: weightsName, pieces: piecesOf(bytes) },
    { name: jsonName, pieces: [json] },
  ], modelFileNames);
  return { modelArtifactsInfo };
}

async function saveToZip(given, artifacts) {
  const { pieces, modelArtifactsInfo } = await makeModelZip(artifacts);
  await replaceFile(given, pieces);
  return { modelArtifactsInfo };
}

export async function saveTo(given, artifacts) {
  try {
    return await (given.endsWith('.zip') ? saveToZip : saveToFolder)(given, artifacts);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw unavailable(`cannot save to ${quoted(given)}: ${reasonOf(error)}; what was there is kept`,
      error);
  }
}

/** Removes the model's files: json first, so that nobody finds it without its weights. */
export async function removeFrom(given) {
  const zip = await readZip(given);
  if (zip) {
    const { modelTopology, weightSpecs } = await readModelZip(zip, given, { topologyOnly: true });
    const info = await infoOfRemoved({ modelTopology, weightSpecs }, given);
    await fs.unlink(given);
    return info;
  }
  const place = await placeToLoad(given);
  const folder = await resolved(place.folder);
  await completePending(folder);
  const model = new ModelFolder(folder, place.json, { followLinks: true });
  await model.open();
  const { artifacts, files } = parseModelJson(model.json, model.shown(place.json));
  const info = await infoOfRemoved(artifacts, path.join(folder, place.json));
  await fs.unlink(path.join(folder, place.json));
  for (const file of files) await unlessGone(() => removeInside(folder, file.path));
  return info;
}

/** The info of a model that is not loaded: its date is that of its file. */
async function infoOfRemoved({ modelTopology, weightSpecs }, file) {
  return {
    ...getModelArtifactsInfoForJSON({ modelTopology, weightSpecs }),
    dateSaved: (await fs.stat(file)).mtime,
    weightDataBytes: weightBytes(weightSpecs ?? []).least,
  };
}

/** The folder, every link resolved, whether it or its model.json is named. */
export async function placeOf(given) {
  const real = await resolved(given);
  return path.basename(real) === jsonName && !(await infoOf(real))?.isDirectory()
    ? path.dirname(real) : real;
}
