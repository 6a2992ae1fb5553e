// The weight files of a model whose bytes are at hand as a whole (files a person picked, entries of
// an archive, a folder): read, compared with what model.json says of them, and joined to artifacts.
import { withWeights } from './artifacts.js';
import { joined, wholeBuffer } from './composite_array_buffer.js';
import { corruptData } from './errors.js';
import { ByteProgress } from './progress.js';
import { sha256Hex } from './sha256.js';
import { weightBytes } from './weight_specs.js';

/** Throws when `signal` says that nobody waits any more. */
export function checkSignal(signal) {
  if (!signal?.aborted) return;
  throw signal.reason ?? new DOMException('The load was aborted', 'AbortError');
}

/** Compares the length of a file with what model.json says of it; `note` ends the message. */
export function checkLength(byteLength, integrity, shown, note = '') {
  const expected = integrity.byteLength;
  if (expected === undefined || expected === byteLength) return;
  throw corruptData(`${shown} has ${byteLength} bytes, but the model says ${expected}` +
    `${byteLength < expected ? ' (interrupted download?)' : ''}${note}`);
}

/** Compares the SHA-256 of a file with what model.json says of it. */
export async function checkHash(bytes, integrity, shown, { verify = true } = {}, note = '') {
  if (!verify || integrity.sha256 === undefined) return;
  const found = await sha256Hex(bytes);
  if (found === integrity.sha256) return;
  throw corruptData(`${shown} is damaged: its SHA-256 is ${found}, ` +
    `but the model says ${integrity.sha256}${note}`);
}

/** What messages call the weights: the only file, or the first and the last. */
export function weightsName(names, jsonName) {
  if (names.length === 0) return jsonName;
  return names.length === 1 ? names[0] : `${names[0]} to ${names[names.length - 1]}`;
}

/** Buffers as ModelArtifacts hold them: one, or a list. */
export function asWeightData(buffers) {
  if (buffers.length > 1) return buffers;
  return buffers[0] ?? new ArrayBuffer(0);
}

/**
 * The artifacts of a parsed model with its weights. `source.shown(file)` names a file in messages,
 * `source.open(file)` gives its bytes.
 */
export async function readModel(model, source, jsonName, options = {}) {
  const { artifacts, files } = model;
  if (artifacts.weightSpecs === undefined) return artifacts;
  const total = Math.max(weightBytes(artifacts.weightSpecs).least,
    files.reduce((all, file) => all + (file.integrity.byteLength ?? 0), 0));
  const progress = new ByteProgress(options.onProgress, total);
  const buffers = [];
  for (const file of files) {
    checkSignal(options.signal);
    const bytes = await source.open(file);
    checkLength(bytes.byteLength, file.integrity, source.shown(file));
    await checkHash(bytes, file.integrity, source.shown(file), options);
    buffers.push(wholeBuffer(bytes));
    progress.add(bytes.byteLength);
  }
  checkSignal(options.signal);
  const name = weightsName(files.map((file) => source.shown(file)), jsonName);
  withWeights(artifacts, asWeightData(buffers), name, options);
  progress.finish();
  return artifacts;
}

/** The manifest's entry for weights in one file, or none when there are no bytes. */
export async function weightFileOf(weightData, path) {
  const bytes = new Uint8Array(joined(weightData));
  if (bytes.byteLength === 0) return [];
  return [{ path, byteLength: bytes.byteLength, sha256: await sha256Hex(bytes) }];
}
