// A model in a zip archive: model.json and its weight files at the top, or in the only folder.
import { getModelArtifactsInfoForJSON, checkSavable } from './artifacts.js';
import { piecesOf } from './composite_array_buffer.js';
import { corruptData, invalidArgument, notFound, quoted } from './errors.js';
import { manifestOf, parseModelJson, writeModelJson } from './model_json.js';
import { checkSignal, readModel, weightFileOf } from './weight_files.js';
import { folderOf, lastName } from './weight_paths.js';
import { weightBytes } from './weight_specs.js';
import { ZipArchive } from './zip_reader.js';
import { zipPieces } from './zip_writer.js';

const jsonName = 'model.json';
const mostJson = 256 * 2 ** 20;
/** What weights whose length the model does not tell may unpack to beyond what their specs say. */
const roomForSurplus = 2 ** 20;
const roomForStrings = 256 * 2 ** 20;

/** What archives of macOS hold besides; "._NAME" as well. */
const isOfTheSystem = (name) => name.startsWith('__MACOSX/') || lastName(name).startsWith('._');

function findJson(zip, shown, isModelJson, depth) {
  const found = zip.entries.filter(({ name }) => !isOfTheSystem(name) && name.endsWith('.json') &&
    name.split('/').length - 1 === depth && (lastName(name) === jsonName) === isModelJson);
  if (found.length > 1) {
    const several = isModelJson ? 'holds several models'
      : 'has no model.json, but several others of that kind';
    throw invalidArgument(`${shown} ${several}: ${quoted(found[0].name)}, ` +
      quoted(found[1].name));
  }
  return found[0];
}

function jsonOf(zip, shown) {
  for (const isModelJson of [true, false]) {
    for (const depth of [0, 1]) {
      const entry = findJson(zip, shown, isModelJson, depth);
      if (entry) return entry;
    }
  }
  throw notFound(`${shown} holds no model: there is no model.json in it, nor in a folder of it`);
}

/** Compares the sizes of all files with what the model says, before any is unpacked. */
function checkSizes(zip, model, entryOf, jsonShown) {
  let unpacked = 0;
  let isLengthKnown = true;
  for (const file of model.files) {
    const entry = entryOf(file);
    const length = file.integrity.byteLength;
    if (length !== undefined && length !== entry.size) {
      throw corruptData(`${zip.shown(entry.name)} has ${entry.size} bytes, but the model says ` +
        length);
    }
    if (length === undefined) isLengthKnown = false;
    if (entry.method !== 0) unpacked += entry.size;
  }
  const { least, isExact } = weightBytes(model.artifacts.weightSpecs ?? []);
  if (!isExact && isLengthKnown) return;
  const room = least + (isExact ? roomForSurplus : roomForStrings);
  if (unpacked > room) {
    throw corruptData(`${jsonShown}: the compressed weights would unpack to ${unpacked} bytes, ` +
      `but the weights of the model account for ${room} at most`);
  }
}

/** The artifacts of the model in an archive of these bytes; `shown` names it in messages. */
export async function readModelZip(bytes, shown, options = {}) {
  checkSignal(options.signal);
  const zip = new ZipArchive(bytes, shown);
  const json = jsonOf(zip, shown);
  const jsonShown = zip.shown(json.name);
  const model = parseModelJson(await zip.read(json, mostJson), jsonShown);
  const prefix = options.weightPathPrefix || folderOf(json.name);
  const entryOf = ({ path }) => {
    const entry = zip.find(prefix + path);
    if (!entry) throw notFound(`${zip.shown(prefix + path)} is not in the archive`);
    return entry;
  };
  if (options.topologyOnly) return model.artifacts;
  checkSizes(zip, model, entryOf, jsonShown);
  return readModel(model, {
    shown: (file) => zip.shown(prefix + file.path),
    open: async (file) => zip.read(entryOf(file), entryOf(file).size),
  }, jsonShown, options);
}

/** The archive of a model: `{pieces, modelArtifactsInfo}`, pieces as zipPieces gives them. */
export async function makeModelZip(artifacts) {
  checkSavable(artifacts);
  const modelArtifactsInfo = getModelArtifactsInfoForJSON(artifacts);
  const files = await weightFileOf(artifacts.weightData, './model.weights.bin');
  const json = writeModelJson(artifacts, manifestOf(artifacts.weightSpecs, files));
  const entries = [{ name: jsonName, pieces: [new TextEncoder().encode(json)] }];
  if (files.length > 0) {
    entries.push({ name: 'model.weights.bin', pieces: piecesOf(artifacts.weightData) });
  }
  return { pieces: zipPieces(entries, modelArtifactsInfo.dateSaved), modelArtifactsInfo };
}
