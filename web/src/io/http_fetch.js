// One file by GET, with further attempts where the fault may pass: no connection, a body that
// breaks off, a server that is busy. Each attempt begins the file anew.
import { invalidArgument, notFound, quoted, reasonOf, unavailable } from './errors.js';
import { readStream } from './byte_streams.js';
import { shownUrl } from './http_place.js';
import { isOfProgress } from './progress.js';
import { checkSignal } from './weight_files.js';

const passingStatus = new Set([408, 429, 500, 502, 503, 504]);
const defaultRetry = 3;
const firstDelay = 250; // milliseconds
const longestDelay = 8000;
const longestRetryAfter = 30000;
const mostErrorBody = 4096; // bytes read of an answer that is not the file
const shownBody = 300; // characters of it in a message

/** A header of a response, or undefined; the responses of others' fetch may have none. */
export function headerOf(response, name) {
  return response.headers?.get?.(name) ?? undefined;
}

/** For the end of a message about a file that came as a page. */
export function contentNote(response) {
  const type = headerOf(response, 'content-type') ?? '';
  return /^\s*text\/html\b/i.test(type)
    ? ' (the server sent text/html: a page in place of the file?)' : '';
}

/** The beginning of an answer's text, for a message. */
async function startOfBody(response) {
  try {
    if (response.body?.getReader) {
      const decoder = new TextDecoder();
      let text = '';
      await readStream(response.body, (chunk) => {
        text += decoder.decode(chunk, { stream: true });
        return text.length < mostErrorBody;
      });
      return text.trim();
    }
    return String((await response.text?.()) ?? '').trim();
  } catch {
    return ''; // the status says enough
  }
}

/** What an answer with another status than 2xx means. */
export async function statusError(response, shown) {
  const { status } = response;
  let message = `${shown}: the server answered with status ${status}`;
  if (status === 401 || status === 403) message += ' (credentials needed, or not the right ones)';
  if (status === 404 || status === 410) message += ' (not there)';
  const body = await startOfBody(response);
  if (body !== '') message += `: ${quoted(body, shownBody)}`;
  if (status === 404 || status === 410) return notFound(message);
  return passingStatus.has(status) || !(status >= 400 && status < 500)
    ? unavailable(message) : invalidArgument(message);
}

function retryAfter(response) {
  const value = headerOf(response, 'retry-after');
  if (value === undefined) return 0;
  const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return delay > 0 && delay <= longestRetryAfter ? delay : 0;
}

function backoff(attempt) {
  return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Marks an error as one that another attempt may not meet. */
export function passing(error, delay = 0) {
  return Object.assign(error, { retryDelay: delay });
}

/** What fetch, or the reading of a body, threw: a TypeError is the network. */
function networkError(error, shown) {
  const isNetwork = error instanceof TypeError || error?.name === 'NetworkError';
  if (!isNetwork || isOfProgress(error)) return error;
  const hint = globalThis.location ? '; no connection, or CORS does not allow it' : '';
  return passing(unavailable(`${shown}: ${reasonOf(error)}${hint}`, error));
}

async function attemptOnce(place, url, { isBinary, signal, consume }) {
  const shown = shownUrl(url);
  const init = place.requestInit(url, { method: 'GET', signal });
  let response;
  try {
    response = await place.fetch(url, init, isBinary ? { isBinary: true } : undefined);
  } catch (error) {
    throw networkError(error, shown);
  }
  if (typeof response?.ok !== 'boolean') {
    throw invalidArgument(`fetchFunc must give a Response, but for ${shown} it gave ${response}`);
  }
  if (!response.ok) {
    const error = await statusError(response, shown);
    throw passingStatus.has(response.status) ? passing(error, retryAfter(response)) : error;
  }
  try {
    return await consume(response);
  } catch (error) {
    throw networkError(error, shown);
  }
}

/**
 * Fetches `url` and gives the response to `consume(response)`, whose result comes back; at most
 * `retry` further times when that fails for a reason that may pass.
 */
export async function fetchFile(place, url, { isBinary = false, signal, consume }) {
  const retry = place.options.retry ?? defaultRetry;
  if (!(Number.isInteger(retry) && retry >= 0)) {
    throw invalidArgument(`http: retry must be an integer of 0 or more, got ${quoted(retry)}`);
  }
  for (let attempt = 1; ; ++attempt) {
    checkSignal(signal);
    try {
      return await attemptOnce(place, url, { isBinary, signal, consume });
    } catch (error) {
      checkSignal(signal);
      if (error?.retryDelay === undefined) throw error;
      if (attempt > retry) {
        if (attempt > 1) error.message += ` (${attempt} attempts)`;
        throw error;
      }
      await sleep(Math.max(error.retryDelay, backoff(attempt)), signal);
    }
  }
}

/**
 * The whole body as a Uint8Array, or as `{json}` when the response can give nothing else.
 * `check(size, firstChunk)` is asked as it grows, and throws when it is too large.
 */
export async function readBody(response, check = () => {}) {
  if (response.body?.getReader) {
    const chunks = [];
    let size = 0;
    await readStream(response.body, (chunk) => {
      size += chunk.byteLength;
      chunks.push(chunk);
      check(size, chunks[0]);
    });
    const bytes = new Uint8Array(size);
    chunks.reduce((at, chunk) => (bytes.set(chunk, at), at + chunk.byteLength), 0);
    return bytes;
  }
  const buffer = await response.arrayBuffer?.();
  if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset,
    buffer.byteLength);
  if (buffer?.byteLength !== undefined) return new Uint8Array(buffer);
  return { json: await response.json() };
}
