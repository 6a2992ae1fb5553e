// The entries of a weights manifest, checked before any of them is believed: what a weight is
// called, its shape and type, how its bytes are stored, and so how many bytes it takes.
import { corruptData, quoted } from './errors.js';

const elementSizes = { float32: 4, int32: 4, bool: 1, complex64: 8, string: 4 };
const codeSizes = { uint8: 1, uint16: 2, float16: 2 };
const maxRank = 32;
const lengthPrefix = 4; // bytes before each string

/** "weight 'dense/kernel' [784, 512] float32". */
export function describeWeight(spec) {
  return `weight ${quoted(spec.name)} [${spec.shape.join(', ')}] ${spec.dtype}`;
}

function checkShape(spec, weight) {
  if (!Array.isArray(spec.shape)) {
    throw corruptData(`${weight}: shape must be an array, ` +
      `got ${quoted(JSON.stringify(spec.shape))}`);
  }
  if (spec.shape.length > maxRank) {
    throw corruptData(`${weight}: shape has ${spec.shape.length} dimensions, ` +
      `at most ${maxRank} are possible`);
  }
  for (const dim of spec.shape) {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      throw corruptData(`${weight}: a dimension must be an integer of 0 or more, ` +
        `got ${quoted(JSON.stringify(dim))} in ${quoted(JSON.stringify(spec.shape))}`);
    }
  }
}

function checkQuantization(spec, weight) {
  const { quantization, dtype } = spec;
  if (quantization == null) return;
  const kind = quantization.dtype;
  if (kind === 'float16') {
    if (dtype === 'float32') return;
    throw corruptData(`${weight}: quantization float16 stores float32 weights only, ` +
      `but this one is ${dtype}`);
  }
  if (kind !== 'uint8' && kind !== 'uint16') {
    throw corruptData(`${weight}: quantization dtype must be 'uint8', 'uint16' or 'float16', ` +
      `got ${quoted(kind)}`);
  }
  if (dtype !== 'float32' && dtype !== 'int32') {
    throw corruptData(`${weight}: quantization ${kind} stores float32 and int32 weights only, ` +
      `but this one is ${dtype}`);
  }
  for (const factor of ['min', 'scale']) {
    if (quantization[factor] === undefined) {
      throw corruptData(`${weight}: quantization has no '${factor}'`);
    }
    if (!Number.isFinite(quantization[factor])) {
      throw corruptData(`${weight}: quantization ${kind} needs a finite number as ${factor}, ` +
        `got ${quoted(JSON.stringify(quantization[factor]))}`);
    }
  }
}

/** Bytes of one stored element; of a string at least its length prefix. */
function storedElementSize(spec) {
  return spec.quantization ? codeSizes[spec.quantization.dtype] : elementSizes[spec.dtype];
}

/** Zeros count as ones, so that [0, 2^60, 2^60] is refused wherever its zero stands. */
function checkByteSize(spec, weight) {
  const bytes = spec.shape.reduce((all, dim) => all * (dim || 1), elementSizes[spec.dtype]);
  if (bytes > Number.MAX_SAFE_INTEGER) {
    throw corruptData(`${weight} [${spec.shape.join(', ')}] ${spec.dtype} needs more bytes than ` +
      'can be counted');
  }
}

function checkWeightSpec(spec, what) {
  if (spec === null || typeof spec !== 'object') {
    throw corruptData(`${what}: a weight must be an object, got ${quoted(JSON.stringify(spec))}`);
  }
  if (typeof spec.name !== 'string') {
    throw corruptData(`${what}: a weight's name must be a text, ` +
      `got ${quoted(JSON.stringify(spec.name))}`);
  }
  const weight = `${what}: weight ${quoted(spec.name)}`;
  if (spec.dtype === undefined) throw corruptData(`${weight} has no 'dtype'`);
  if (!Object.hasOwn(elementSizes, spec.dtype)) {
    throw corruptData(`${what}: Unsupported dtype in weight ${quoted(spec.name)}: ${spec.dtype}; ` +
      `known are ${Object.keys(elementSizes).join(', ')}`);
  }
  checkShape(spec, weight);
  checkQuantization(spec, weight);
  checkByteSize(spec, weight);
}

/**
 * Checks a list of manifest entries; `what` names where they come from.
 */
export function checkWeightSpecs(specs, what) {
  if (!Array.isArray(specs)) {
    throw corruptData(`${what}: the weights must be an array, got ${typeof specs}`);
  }
  const seen = new Set();
  for (const spec of specs) {
    checkWeightSpec(spec, what);
    if (seen.has(spec.name)) {
      throw corruptData(`${what}: weight ${quoted(spec.name)} is listed twice`);
    }
    seen.add(spec.name);
  }
}

export function elementCount(spec) {
  return spec.shape.reduce((all, dim) => all * dim, 1);
}

/**
 * Bytes that all weights need: exactly when `isExact`, else (there are strings) at least.
 */
export function weightBytes(specs) {
  const least = specs.reduce((all, spec) => all + elementCount(spec) * storedElementSize(spec), 0);
  return { least, isExact: specs.every((spec) => spec.dtype !== 'string') };
}

/** Reads the length of each string; their sum. */
function scanStrings(spec, data, begin, what) {
  let at = begin;
  const short = (i, need) => corruptData(`${what}: ${describeWeight(spec)}: element ${i} needs ` +
    `${need} bytes at offset ${at}, but the data ends at ${data.byteLength} ` +
    '(interrupted download?)');
  for (let i = 0; i < elementCount(spec); ++i) {
    if (data.byteLength - at < lengthPrefix) throw short(i, lengthPrefix);
    const prefix = data.view(at, at + lengthPrefix);
    const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(0, true);
    at += lengthPrefix;
    if (data.byteLength - at < length) throw short(i, length);
    at += length;
  }
  return at - begin;
}

/**
 * Where each weight lies in `data` (a CompositeArrayBuffer): `{offset, size}` in the order of
 * `specs`. Throws when the data ends too early, naming the weight.
 */
export function weightRanges(specs, data, what) {
  let offset = 0;
  return specs.map((spec) => {
    let size = elementCount(spec) * storedElementSize(spec);
    if (size > data.byteLength - offset) {
      const has = data.pieceCount > 1 ? 'the files have' : 'the file has';
      throw corruptData(`${what}: ${describeWeight(spec)} needs ${size} bytes at offset ` +
        `${offset}, but ${has} ${data.byteLength} (interrupted download?)`);
    }
    if (spec.dtype === 'string') size = scanStrings(spec, data, offset, what);
    const range = { offset, size };
    offset += size;
    return range;
  });
}

/** Bytes after the last weight. */
export function surplusBytes(ranges, data) {
  const last = ranges[ranges.length - 1];
  return data.byteLength - (last ? last.offset + last.size : 0);
}
