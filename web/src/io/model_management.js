// Models in stores: listed, copied, moved and removed by URL. A move copies, reads the copy back
// and compares, looks whether the source is still what was read, and only then removes it: the last
// two in one step where the handler has `removeChecked`.
import { CompositeArrayBuffer } from './composite_array_buffer.js';
import { corruptData, invalidArgument, quoted, unavailable, unsupported } from './errors.js';
import { furtherFields, setField } from './model_json.js';
import { loadHandler, saveHandler, schemeOf } from './router.js';
import { stores } from './stores.js';

function checkUrl(url) {
  if (typeof url === 'string' && schemeOf(url) !== '') return;
  throw invalidArgument('The url string provided does not contain a scheme: ' +
    `${quoted(url)}. Schemes that list models are: ` +
    `${stores().map(([scheme]) => scheme).join(', ')}`);
}

/** What compares equal for two names of one place. */
async function placeOf(handler, url) {
  const place = await handler.place;
  return place ?? url;
}

async function checkTwoPlaces(from, to, fromUrl, toUrl) {
  const isSame = fromUrl === toUrl ||
    await placeOf(from, fromUrl) === await placeOf(to, toUrl);
  if (!isSame) return;
  throw invalidArgument(`Old path and new path are the same: ${quoted(fromUrl)} and ` +
    `${quoted(toUrl)}`);
}

/** A field that is null says as much as one that is not there. */
const textOf = (value) => JSON.stringify(value ?? null);

function sameBytes(a, b) {
  const left = new CompositeArrayBuffer(a);
  const right = new CompositeArrayBuffer(b);
  if (left.byteLength !== right.byteLength) return false;
  const atOnce = 1 << 20;
  for (let at = 0; at < left.byteLength; at += atOnce) {
    const one = left.view(at, at + atOnce);
    const other = right.view(at, at + atOnce);
    if (one.some((byte, i) => byte !== other[i])) return false;
  }
  return true;
}

/** The first thing in which `found` is not what `expected` is, or "". */
function difference(expected, found) {
  if (textOf(expected.modelTopology) !== textOf(found.modelTopology)) {
    return 'modelTopology differs';
  }
  const specs = expected.weightSpecs ?? [];
  const foundSpecs = found.weightSpecs ?? [];
  if (specs.length !== foundSpecs.length) {
    return `has ${foundSpecs.length} weights, expected ${specs.length}`;
  }
  const other = specs.find((spec, i) => textOf(spec) !== textOf(foundSpecs[i]));
  if (other) return `the entry of weight ${quoted(other.name)} differs`;
  for (const field of new Set([...furtherFields(expected, []), ...furtherFields(found, [])])) {
    if (textOf(expected[field]) === textOf(found[field])) continue;
    return `the field ${quoted(field)} differs`;
  }
  if (!sameBytes(expected.weightData, found.weightData)) return 'the weight bytes differ';
  return '';
}

/**
 * The models in the stores of this browser: from URLs to infos with `dateSaved` and sizes in bytes.
 *
 * @returns {Promise<Object<string, ModelArtifactsInfo>>}
 */
export async function listModels() {
  const models = {};
  for (const [scheme, manager] of stores()) {
    if (!manager.isThere()) continue;
    const found = await manager.list();
    for (const name of Object.keys(found)) setField(models, scheme + name, found[name]);
  }
  return models;
}

/**
 * Removes the model at `url`; its info comes back.
 */
export async function removeModel(url) {
  checkUrl(url);
  const handler = loadHandler(url);
  if (!handler.remove) {
    throw unsupported(`cannot remove ${quoted(url)}: models there cannot be removed from here`);
  }
  return handler.remove();
}

/**
 * Copies a model from any place that loads to any that saves; the info of the copy comes back.
 */
export async function copyModel(sourceURL, destURL) {
  checkUrl(sourceURL);
  checkUrl(destURL);
  const from = loadHandler(sourceURL);
  const to = saveHandler(destURL);
  await checkTwoPlaces(from, to, sourceURL, destURL);
  const { modelArtifactsInfo } = await to.save(await from.load());
  return modelArtifactsInfo;
}

/**
 * Moves a model: the source is removed once the copy has been read back and found the same. The
 * info of the copy comes back.
 */
export async function moveModel(sourceURL, destURL) {
  checkUrl(sourceURL);
  checkUrl(destURL);
  const from = loadHandler(sourceURL);
  const to = saveHandler(destURL);
  await checkTwoPlaces(from, to, sourceURL, destURL);
  if (!from.remove) {
    throw unsupported(`cannot move ${quoted(sourceURL)}: it cannot be removed from there; ` +
      'copy it instead');
  }
  if (!to.load || to.loadsWhatItSaves === false) {
    throw unsupported(`cannot move to ${quoted(destURL)}: the copy cannot be read back to be ` +
      `checked; copy it, then remove ${quoted(sourceURL)}`);
  }
  const artifacts = await from.load();
  const { modelArtifactsInfo } = await to.save(artifacts);
  const inCopy = difference(artifacts, await to.load());
  if (inCopy !== '') {
    throw corruptData(`the copy at ${quoted(destURL)} is not what was saved (${inCopy}); ` +
      `${quoted(sourceURL)} was kept`);
  }
  const checkSource = (found) => {
    const inSource = difference(artifacts, found);
    if (inSource === '') return;
    throw unavailable(`${quoted(sourceURL)} changed while it was copied (${inSource}); it was ` +
      `kept beside the copy at ${quoted(destURL)}`);
  };
  if (from.removeChecked) {
    await from.removeChecked(checkSource);
  } else {
    checkSource(await from.load());
    await from.remove();
  }
  return modelArtifactsInfo;
}
