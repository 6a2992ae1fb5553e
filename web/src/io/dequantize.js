// Weights that are stored as smaller codes: value = code * scale + min, computed in double, or
// IEEE half precision.
import { corruptData } from './errors.js';
import { describeWeight } from './weight_specs.js';

let halfTable = null;

/** The float32 of each of the 65536 halves, as bits: NaN payloads and subnormals included. */
function halves() {
  if (halfTable) return halfTable;
  halfTable = new Uint32Array(65536);
  for (let half = 0; half < 65536; ++half) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    let mantissa = half & 1023;
    let bits;
    if (exponent === 31) {
      bits = 0x7f800000 | (mantissa << 13);
    } else if (exponent > 0) {
      bits = ((exponent + 112) << 23) | (mantissa << 13);
    } else if (mantissa === 0) {
      bits = 0;
    } else {
      let shift = 0;
      for (; !(mantissa & 1024); ++shift) mantissa <<= 1;
      bits = ((113 - shift) << 23) | ((mantissa & 1023) << 13);
    }
    halfTable[half] = sign | bits;
  }
  return halfTable;
}

function floatsOfHalves(codes) {
  const table = halves();
  const bits = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; ++i) bits[i] = table[codes[i]];
  return new Float32Array(bits.buffer);
}

/** The stored bytes as an array of codes; a copy where they are not aligned. */
function codesOf(bytes, kind) {
  if (kind === 'uint8') return bytes;
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

/** The values of a quantized weight: a Float32Array or an Int32Array. */
export function dequantize(spec, bytes) {
  const { dtype: kind, scale, min } = spec.quantization;
  const codes = codesOf(bytes, kind);
  if (kind === 'float16') return floatsOfHalves(codes);
  if (spec.dtype === 'float32') {
    const values = new Float32Array(codes.length);
    for (let i = 0; i < codes.length; ++i) values[i] = codes[i] * scale + min;
    return values;
  }
  const values = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; ++i) {
    const value = Math.round(codes[i] * scale + min);
    if (value < -(2 ** 31) || value >= 2 ** 31) {
      throw corruptData(`${describeWeight(spec)} holds ${value}, which no int32 can`);
    }
    values[i] = value;
  }
  return values;
}
