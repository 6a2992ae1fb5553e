// Tensors to bytes and back. This module knows no tensors: the package gives it the function that
// makes them, so that saving and loading do not depend on what computes.
import { CompositeArrayBuffer, bytesOf } from './composite_array_buffer.js';
import { dequantize } from './dequantize.js';
import { invalidArgument, quoted, unsupported } from './errors.js';
import { checkWeightSpecs, weightRanges } from './weight_specs.js';

const dtypes = new Set(['float32', 'int32', 'bool', 'string', 'complex64']);
let factory = null;

/**
 * Gives the maker of tensors: `{tensor(data, shape, dtype)}`. `data` is a Float32Array (float32;
 * complex64 with real and imaginary parts in turn), an Int32Array, a Uint8Array of 0 and 1 (bool),
 * or a list of Uint8Arrays with the UTF-8 bytes of each string.
 */
export function setTensorFactory(made) {
  factory = made;
}

function makeTensor(data, shape, dtype) {
  if (!factory) {
    throw unsupported('decodeWeights: there are no tensors here; setTensorFactory gives them');
  }
  return factory.tensor(data, shape, dtype);
}

/** The stored form of a list of strings: the length of each before its bytes. */
function encodeStrings(strings) {
  const size = strings.reduce((all, bytes) => all + 4 + bytes.length, 0);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const bytes of strings) {
    view.setUint32(at, bytes.length, true);
    out.set(bytes, at + 4);
    at += 4 + bytes.length;
  }
  return out;
}

async function stringBytes(tensor) {
  if (typeof tensor.bytes === 'function') return tensor.bytes();
  return Array.from(await tensor.data(), (text) =>
    (typeof text === 'string' ? new TextEncoder().encode(text) : bytesOf(text)));
}

/**
 * Tensors as bytes.
 *
 * @param {Array<{name, tensor}>|Object<string, Tensor>} tensors in the order to be stored
 * @param {'model'|'optimizer'} [group] which the entries name
 * @returns {Promise<{data: ArrayBuffer, specs: object[]}>} the bytes and their manifest entries
 */
export async function encodeWeights(tensors, group) {
  const named = Array.isArray(tensors) ? tensors
    : Object.entries(tensors).map(([name, tensor]) => ({ name, tensor }));
  const specs = named.map(({ name, tensor }) => {
    if (!dtypes.has(tensor.dtype)) {
      throw invalidArgument(`Unsupported dtype in weight ${quoted(name)}: ${tensor.dtype}`);
    }
    const spec = { name, shape: tensor.shape, dtype: tensor.dtype };
    if (group != null) spec.group = group;
    return spec;
  });
  const pieces = await Promise.all(named.map(async ({ tensor }) => (tensor.dtype === 'string'
    ? encodeStrings(await stringBytes(tensor)) : bytesOf(await tensor.data()))));
  return { data: CompositeArrayBuffer.join(pieces), specs };
}

/** The elements of stored strings. */
function decodeStrings(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings = [];
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at, true);
    strings.push(bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return strings;
}

/** `bytes` as 4-byte elements; a copy where they are not aligned. */
function elements(Type, bytes) {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Type(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

function decodeStored(spec, bytes) {
  if (spec.quantization) return dequantize(spec, bytes);
  if (spec.dtype === 'string') return decodeStrings(bytes);
  if (spec.dtype === 'bool') return Uint8Array.from(bytes, (byte) => (byte === 0 ? 0 : 1));
  return elements(spec.dtype === 'int32' ? Int32Array : Float32Array, bytes);
}

/** The tensor of one weight from its stored bytes. */
export function decodeWeight(spec, bytes) {
  return makeTensor(decodeStored(spec, bytes), spec.shape, spec.dtype);
}

/**
 * Bytes as tensors, by name. Throws when the bytes end too early, naming the weight.
 *
 * @param {ArrayBuffer|ArrayBuffer[]} weightData
 * @param {object[]} specs manifest entries in the order of the bytes
 */
export function decodeWeights(weightData, specs) {
  checkWeightSpecs(specs, 'decodeWeights');
  const data = new CompositeArrayBuffer(weightData);
  const ranges = weightRanges(specs, data, 'decodeWeights');
  const tensors = {};
  specs.forEach((spec, i) => {
    const { offset, size } = ranges[i];
    tensors[spec.name] = decodeWeight(spec, data.view(offset, offset + size));
  });
  return tensors;
}

/** decodeWeights for a ReadableStream of ArrayBuffers. */
export async function decodeWeightsStream(weightStream, specs) {
  const pieces = [];
  const reader = weightStream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decodeWeights(pieces, specs);
    pieces.push(value);
  }
}
