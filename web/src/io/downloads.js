// Saving as downloads of the browser: NAME.json and NAME.weights.bin, or one archive NAME.zip.
import { checkSavable, getModelArtifactsInfoForJSON } from './artifacts.js';
import { piecesOf } from './composite_array_buffer.js';
import { invalidArgument, quoted, unsupported } from './errors.js';
import { manifestOf, writeModelJson } from './model_json.js';
import { makeModelZip } from './model_zip.js';
import { registerLoadRouter, registerSaveRouter, registerScheme } from './router.js';
import { weightFileOf } from './weight_files.js';

const scheme = 'downloads://';
const defaultName = 'model';
const longestName = 200; // file systems take 255 bytes
/** A browser may ask a person where to put a file before it reads it. */
const keptFor = 5 * 60 * 1000; // milliseconds

function checkName(name) {
  const refuse = (reason) => {
    throw invalidArgument(`${scheme}: ${quoted(name)} cannot be the name of a download: ${reason}`);
  };
  if (new TextEncoder().encode(name).length > longestName) {
    refuse(`it has more than ${longestName} bytes`);
  }
  if (/[/\\]/.test(name)) refuse('it holds a slash');
  if (name.includes('..')) refuse("it holds '..'");
  if (/[\u0000-\u001f\u007f]/.test(name)) refuse('it holds a control character');
}

/** Downloads started in one go are lost but for the last in some browsers. */
const nextTurn = () => new Promise((resolve) => { setTimeout(resolve); });

async function download(name, pieces, type, anchor) {
  const link = anchor ?? document.createElement('a');
  const url = URL.createObjectURL(new Blob(pieces, { type }));
  link.download = name;
  link.href = url;
  await nextTurn();
  link.dispatchEvent(new MouseEvent('click'));
  const timer = setTimeout(() => URL.revokeObjectURL(url), keptFor);
  timer.unref?.();
}

/** Saves by downloads; see browserDownloads. */
export class BrowserDownloads {
  #name;
  #anchors;

  constructor(fileNamePrefix, anchors = {}) {
    const given = Array.isArray(fileNamePrefix) ? fileNamePrefix[0] : fileNamePrefix;
    const name = given?.startsWith(scheme) ? given.slice(scheme.length) : given;
    this.#name = name || defaultName;
    this.#anchors = anchors;
    checkName(this.#name);
  }

  get description() {
    return scheme + this.#name;
  }

  async save(modelArtifacts) {
    if (typeof document === 'undefined') {
      throw unsupported(`cannot save to ${quoted(this.description)}: downloads need a page, and ` +
        'there is no document here');
    }
    return this.#name.endsWith('.zip') ? this.#saveZip(modelArtifacts)
      : this.#saveFiles(modelArtifacts);
  }

  async #saveZip(modelArtifacts) {
    const { pieces, modelArtifactsInfo } = await makeModelZip(modelArtifacts);
    await download(this.#name, pieces, 'application/zip', this.#anchors.jsonAnchor);
    return { modelArtifactsInfo };
  }

  async #saveFiles(modelArtifacts) {
    checkSavable(modelArtifacts);
    const modelArtifactsInfo = getModelArtifactsInfoForJSON(modelArtifacts);
    const weightsName = `${this.#name}.weights.bin`;
    const files = await weightFileOf(modelArtifacts.weightData, `./${weightsName}`);
    const json = writeModelJson(modelArtifacts, manifestOf(modelArtifacts.weightSpecs, files));
    const { jsonAnchor, weightDataAnchor } = this.#anchors;
    await download(`${this.#name}.json`, [json], 'application/json', jsonAnchor);
    if (files.length > 0) {
      await download(weightsName, piecesOf(modelArtifacts.weightData), 'application/octet-stream',
        weightDataAnchor);
    }
    return { modelArtifactsInfo };
  }
}

/**
 * A handler that saves a model as two downloads, NAME.json and NAME.weights.bin, or as one when
 * the name ends in ".zip".
 *
 * @param {string} [fileNamePrefix] NAME; "model" when not given
 * @param {{jsonAnchor, weightDataAnchor}} [anchors] link elements to click instead of new ones
 */
export function browserDownloads(fileNamePrefix = defaultName, anchors) {
  return new BrowserDownloads(fileNamePrefix, anchors);
}

export function browserDownloadsRouter(url) {
  return typeof url === 'string' && url.startsWith(scheme)
    ? browserDownloads(url.slice(scheme.length)) : null;
}

registerScheme(scheme);
registerSaveRouter(browserDownloadsRouter);
// Registered for loading too, to say what can be done instead.
registerLoadRouter((url) => (typeof url === 'string' && url.startsWith(scheme) ? {
  async load() {
    throw unsupported(`cannot load ${quoted(url)}: ${scheme} is save-only; load the downloaded ` +
      'files by tf.io.browserFiles');
  },
} : null));
