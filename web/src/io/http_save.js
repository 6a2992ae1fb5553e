// Saving over http: one form with the parts model.json and model.weights.bin, as TensorFlow.js
// sends it. It is sent once: a server that may have saved is not asked to do it again.
import { checkSavable, getModelArtifactsInfoForJSON } from './artifacts.js';
import { piecesOf } from './composite_array_buffer.js';
import { invalidArgument, reasonOf, unavailable } from './errors.js';
import { contentNote, statusError } from './http_fetch.js';
import { shownUrl } from './http_place.js';
import { manifestOf, writeModelJson } from './model_json.js';
import { isNode } from '../core/node.js';
import { weightFileOf } from './weight_files.js';

const weightsPath = './model.weights.bin';

async function makeForm(artifacts) {
  const files = await weightFileOf(artifacts.weightData, weightsPath);
  const json = writeModelJson(artifacts, manifestOf(artifacts.weightSpecs, files));
  const form = new FormData();
  form.append('model.json', new Blob([json], { type: 'application/json' }), 'model.json');
  if (files.length > 0) {
    const pieces = piecesOf(artifacts.weightData);
    form.append('model.weights.bin', new Blob(pieces, { type: 'application/octet-stream' }),
      'model.weights.bin');
  }
  return form;
}

function hasContentType(headers) {
  if (headers == null) return false;
  const names = typeof headers.keys === 'function' && !Array.isArray(headers)
    ? [...headers.keys()]
    : Array.isArray(headers) ? headers.map(([name]) => name) : Object.keys(headers);
  return names.some((name) => String(name).toLowerCase() === 'content-type');
}

/**
 * The form as it is sent. Node's fetch, asked by 307 to send a form again, writes it with another
 * boundary than its header tells; bytes it sends as they are.
 */
async function bodyOf(form, place) {
  return isNode && !place.options.fetchFunc ? new Response(form).blob() : form;
}

/** Sends `artifacts` to `place`; the response comes back in the SaveResult. */
export async function saveOverHttp(place, artifacts) {
  checkSavable(artifacts);
  const modelArtifactsInfo = getModelArtifactsInfoForJSON(artifacts);
  const init = place.requestInit(place.url, {
    method: place.method ?? 'POST',
    body: await bodyOf(await makeForm(artifacts), place),
  });
  if (place.options.signal && !init.signal) init.signal = place.options.signal;
  if (hasContentType(init.headers)) {
    throw invalidArgument(`${place.shown}: header 'Content-Type' cannot be given for a save, ` +
      'which sends a form');
  }
  let response;
  try {
    response = await place.fetch(place.url, init);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unavailable(`${place.shown}: not saved: ${reasonOf(error)}`, error);
  }
  if (!response.ok) throw await statusError(response, place.shown);
  // fetch does not tell how it was redirected: after 307 and 308 it has sent the model again, after
  // others it has asked for what is there, and a page for people was no answer to a model.
  if (response.redirected && contentNote(response) !== '') {
    throw unavailable(`${place.shown}: not saved: the server redirected to ` +
      `${shownUrl(response.url)}, which is a page; save to the URL of the upload itself`);
  }
  return { modelArtifactsInfo, responses: [response] };
}
