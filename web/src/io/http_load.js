// Loading over http: model.json (or an archive of the whole model), then its weight files, six at a
// time. The first failure ends what is under way.
import { withWeights } from './artifacts.js';
import { corruptData } from './errors.js';
import { readStream } from './byte_streams.js';
import { contentNote, fetchFile, headerOf, readBody } from './http_fetch.js';
import { shownUrl } from './http_place.js';
import { decodeUtf8, modelFromJson, parseJson } from './model_json.js';
import { readModelZip } from './model_zip.js';
import { weightsName } from './weight_files.js';
import { WeightReceiver } from './weight_receiver.js';
import { isZip } from './zip_reader.js';

const filesAtOnce = 6; // as browsers allow for one host
const mostArchive = 2 ** 31;
const mostJson = 256 * 2 ** 20;

function checkFirst(size, start, place, note) {
  const isArchive = isZip(start);
  const most = isArchive ? mostArchive : mostJson;
  if (size <= most) return;
  throw corruptData(`${place.shown} has more than ${most} bytes, the limit for a model's ` +
    `${isArchive ? 'archive' : 'JSON'}${note}`);
}

/** What the file at the model's URL is, and a note on it for messages. */
async function fetchFirst(place, signal) {
  return fetchFile(place, place.url, {
    signal,
    consume: async (response) => {
      const note = contentNote(response);
      const body = await readBody(response, (size, start) => checkFirst(size, start, place, note));
      return { body, note };
    },
  });
}

function parseFirst({ body, note }, place) {
  if (body.json !== undefined) return modelFromJson(body.json, place.shown);
  if (/\.pb(\?|$)/.test(place.url)) note = ' (a .pb file is a TensorFlow model; the URL must be ' +
    'that of the model.json that tensorflowjs_converter makes of it)';
  try {
    return modelFromJson(parseJson(decodeUtf8(body, place.shown), place.shown), place.shown);
  } catch (error) {
    if (note !== '' && !error.message.endsWith(')')) error.message += note;
    throw error;
  }
}

/** Runs `work(index)` for each index, in order, `filesAtOnce` at a time. */
async function forEachAtOnce(count, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(filesAtOnce, count) }, worker));
}

async function receive(weights, index, response) {
  const length = headerOf(response, 'content-length');
  weights.begin(index, /^\d{1,15}$/.test(length) ? Number(length) : undefined,
    contentNote(response));
  if (response.body?.getReader) {
    await readStream(response.body, (chunk) => weights.take(index, chunk));
  } else {
    weights.take(index, await readBody(response));
  }
  await weights.finish(index);
}

async function fetchWeights(place, model, options, signal) {
  const urls = await Promise.all(model.files.map((file) => place.weightUrl(file)));
  const names = urls.map(shownUrl);
  const weights = new WeightReceiver(model, names, place.shown, options);
  await forEachAtOnce(urls.length, (index) => fetchFile(place, urls[index], {
    isBinary: true,
    signal,
    consume: (response) => receive(weights, index, response),
  }));
  try {
    withWeights(model.artifacts, weights.weightData(), weightsName(names, place.shown), options);
  } catch (error) {
    error.message += weights.notes;
    throw error;
  }
  weights.complete();
  return model.artifacts;
}

/** A controller that is aborted with the caller's signals, and a function that lets go of them. */
function linkedController(signals) {
  const controller = new AbortController();
  const given = signals.filter(Boolean);
  const stop = (event) => controller.abort(event.target.reason);
  for (const signal of given) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener('abort', stop, { once: true });
  }
  const release = () => given.forEach((signal) => signal.removeEventListener('abort', stop));
  return { controller, release };
}

/** The artifacts of the model at `place`. */
export async function loadOverHttp(place, options) {
  const { controller, release } = linkedController([options.signal, place.signal]);
  const { signal } = controller;
  try {
    const first = await fetchFirst(place, signal);
    if (first.body.byteLength !== undefined && isZip(first.body)) {
      return await readModelZip(first.body, place.shown, { ...options, signal });
    }
    const model = parseFirst(first, place);
    if (model.artifacts.weightSpecs === undefined) return model.artifacts;
    return await fetchWeights(place, model, options, signal);
  } catch (error) {
    if (!signal.aborted) controller.abort(error);
    throw error;
  } finally {
    release();
  }
}
