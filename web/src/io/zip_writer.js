// A zip archive written without compression, which weights hardly profit from. Contents begin at
// multiples of 64 bytes, so that a program can use the weights where they lie.
import { invalidArgument, quoted } from './errors.js';
import { crc32 } from './crc32.js';
import { mark32, signatures, flags } from './zip_records.js';

const alignment = 64;
const alignmentExtra = 0xd935; // as Android's zipalign
const localHeaderSize = 30;
const version = 20;
const unix = 3 << 8;
const readableFile = 0o100644;

/** The little-endian bytes of a record; a number is given with its size in bytes. */
function record(...parts) {
  const size = parts.reduce((all, part) => all + (Array.isArray(part) ? part[1] : part.length), 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    if (Array.isArray(part)) {
      for (let i = 0; i < part[1]; ++i) bytes[at++] = (part[0] >>> (8 * i)) & 0xff;
    } else {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}

const u16 = (value) => [value, 2];
const u32 = (value) => [value, 4];

/** Date in the upper half, time in the lower, in steps of two seconds; years 1980 to 2107. */
function dosDateAndTime(date) {
  const year = Math.min(Math.max(date.getUTCFullYear(), 1980), 2107);
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) |
    (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

/** An extra field after which a content at `at` is aligned. */
function alignmentField(at) {
  const fixed = 6; // id, size, alignment
  const padding = (alignment - ((at + fixed) % alignment)) % alignment;
  return record(u16(alignmentExtra), u16(2 + padding), u16(alignment), new Uint8Array(padding));
}

/**
 * The pieces of an archive of `entries` (`{name, pieces}`, the pieces being Uint8Arrays), for a
 * Blob or a file; contents are not copied.
 */
export function zipPieces(entries, date = new Date()) {
  const when = dosDateAndTime(date);
  const out = [];
  const directory = [];
  let at = 0;
  const put = (bytes) => {
    out.push(bytes);
    at += bytes.byteLength;
  };
  for (const { name, pieces } of entries) {
    const nameBytes = new TextEncoder().encode(name);
    const size = pieces.reduce((all, piece) => all + piece.byteLength, 0);
    if (name === '' || nameBytes.length > 0xffff) {
      throw invalidArgument(`zip: ${quoted(name)} cannot be the name of an entry`);
    }
    const checksum = pieces.reduce((crc, piece) => crc32(piece, crc), 0);
    const offset = at;
    const common = [u16(flags.utf8), u16(0), u32(when), u32(checksum), u32(size), u32(size),
      u16(nameBytes.length)];
    const extra = alignmentField(at + localHeaderSize + nameBytes.length);
    put(record(u32(signatures.local), u16(version), ...common, u16(extra.length), nameBytes,
      extra));
    pieces.forEach(put);
    if (at >= mark32) {
      throw invalidArgument('zip: an archive written here is limited to 4 GiB; save the model as ' +
        'files');
    }
    directory.push(record(u32(signatures.central), u16(unix | version), u16(version), ...common,
      u16(0), u16(0), u16(0), u16(0), u16(0), u16(readableFile), u32(offset), nameBytes));
  }
  const directoryAt = at;
  directory.forEach(put);
  put(record(u32(signatures.end), u16(0), u16(0), u16(entries.length), u16(entries.length),
    u32(at - directoryAt), u32(directoryAt), u16(0)));
  return out;
}
