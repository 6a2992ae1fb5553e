// The records of a zip archive (PKWARE's APPNOTE 6.3), zip64 included, with every read checked
// against the bytes that are there. zip_reader.js compares what they say of each other.
import { corruptData, quoted, unsupported } from './errors.js';

export const signatures = {
  local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, descriptor: 0x08074b50,
  zip64End: 0x06064b50, zip64Locator: 0x07064b50,
};
export const flags = { encrypted: 1, descriptor: 8, patch: 32, strong: 64, utf8: 2048 };
export const mark32 = 0xffffffff;
export const mark16 = 0xffff;
export const zip64ExtraId = 1;

const endSize = 22;
const locatorSize = 20;
const zip64EndSize = 56;
const centralSize = 46;
const longestComment = 0xffff;

/** Little-endian numbers one after the other; `what` names the record in messages. */
export class Fields {
  #view;
  #bytes;
  #at = 0;

  constructor(bytes, what) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.what = what;
  }

  get left() {
    return this.#bytes.byteLength - this.#at;
  }

  take(size) {
    if (size > this.left) {
      throw corruptData(`${this.what} ends too early: ${size} more bytes are needed, ` +
        `${this.left} are there`);
    }
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  u16() {
    this.take(2);
    return this.#view.getUint16(this.#at - 2, true);
  }

  u32() {
    this.take(4);
    return this.#view.getUint32(this.#at - 4, true);
  }

  u64() {
    this.take(8);
    const value = this.#view.getBigUint64(this.#at - 8, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw corruptData(`${this.what}: ${value} is more than an archive can hold`);
    }
    return Number(value);
  }

  /** Names are UTF-8 when a flag says so, else of an old code page, of which ASCII is a part. */
  text(size) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.take(size));
  }

  expect(signature) {
    if (this.u32() !== signature) throw corruptData(`${this.what} has another signature`);
  }
}

/** The last end record: what follows it must be its comment, so that nobody can take another. */
function findEnd(archive, shown) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const least = Math.max(0, archive.byteLength - endSize - longestComment);
  for (let at = archive.byteLength - endSize; at >= least; --at) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  throw corruptData(`${shown} is no complete zip archive: it has no end record ` +
    '(interrupted download?)');
}

const severalDisks = (shown) => unsupported(`${shown} is one of several archive disks`);

function expectSame(small, mark, large, field, shown) {
  if (small === mark || small === large) return;
  throw corruptData(`${shown}: the end record says that the ${field} is ${small}, ` +
    `the zip64 end record ${large}`);
}

/** zip64's end record, compared with the other one; its place comes back in `endsAt`. */
function readZip64End(archive, locatorAt, shown, small) {
  const locator = new Fields(archive.subarray(locatorAt, locatorAt + locatorSize),
    `${shown}: its zip64 end locator`);
  locator.expect(signatures.zip64Locator);
  const disk = locator.u32();
  const at = locator.u64();
  if (disk !== 0 || locator.u32() > 1) throw severalDisks(shown);
  const what = `${shown}: its zip64 end record`;
  if (at > locatorAt - zip64EndSize) {
    throw corruptData(`${what} should be at byte ${at}, but its locator is at byte ${locatorAt}`);
  }
  const end = new Fields(archive.subarray(at, locatorAt), what);
  end.expect(signatures.zip64End);
  const size = end.u64();
  if (size !== end.left) {
    throw corruptData(`${what} should have ${size} bytes, but ${end.left} are between it and ` +
      'its locator');
  }
  end.take(4); // versions
  if (end.u32() !== 0 || end.u32() !== 0) throw severalDisks(shown);
  const countHere = end.u64();
  const large = { count: end.u64(), size: end.u64(), offset: end.u64(), endsAt: at };
  if (countHere !== large.count) throw severalDisks(shown);
  expectSame(small.count, mark16, large.count, 'number of entries', shown);
  expectSame(small.size, mark32, large.size, 'size of the directory', shown);
  expectSame(small.offset, mark32, large.offset, 'place of the directory', shown);
  return large;
}

/** Where the directory is: `{count, size, offset}`. It ends where the end records begin. */
export function findDirectory(archive, shown) {
  const endAt = findEnd(archive, shown);
  const end = new Fields(archive.subarray(endAt), `${shown}: its end record`);
  end.expect(signatures.end);
  const isOneDisk = end.u16() === 0 && end.u16() === 0;
  const countHere = end.u16();
  let directory = { count: end.u16(), size: end.u32(), offset: end.u32(), endsAt: endAt };
  if (!isOneDisk || countHere !== directory.count) throw severalDisks(shown);
  const comment = end.u16();
  if (comment !== end.left) {
    throw corruptData(`${shown}: after its end record there are ${end.left} bytes, but the ` +
      `comment has ${comment}`);
  }
  const locatorAt = endAt - locatorSize;
  const hasZip64 = locatorAt >= 0 && new DataView(archive.buffer, archive.byteOffset + locatorAt)
    .getUint32(0, true) === signatures.zip64Locator;
  if (hasZip64) directory = readZip64End(archive, locatorAt, shown, directory);
  const { count, size, offset, endsAt } = directory;
  if (offset + size !== endsAt) {
    throw corruptData(`${shown}: its directory of ${size} bytes at byte ${offset} does not end ` +
      `where the end record begins, at byte ${endsAt}`);
  }
  if (count > size / centralSize) {
    throw corruptData(`${shown}: its directory of ${size} bytes cannot have ${count} entries`);
  }
  return directory;
}

/** Puts the numbers that 32 bits cannot hold in place, which an extra field has in this order. */
function readZip64Extra(extra, header, names, what) {
  const fields = new Fields(extra, `${what}: an extra field`);
  let large = null;
  while (fields.left >= 4) { // fewer bytes are padding
    const id = fields.u16();
    const data = fields.take(fields.u16());
    if (id !== zip64ExtraId) continue;
    if (large) throw corruptData(`${what} has two zip64 extra fields`);
    large = new Fields(data, `${what}: its zip64 extra field`);
  }
  for (const name of names) {
    if (header[name] !== mark32) continue;
    if (!large) {
      throw corruptData(`${what} says that its ${name} is in a zip64 extra field, but has none`);
    }
    header[name] = large.u64();
  }
}

/** The next header of the directory. */
export function takeCentralHeader(fields) {
  fields.expect(signatures.central);
  fields.take(4); // versions
  const header = { flags: fields.u16(), method: fields.u16() };
  fields.take(4); // time and date
  Object.assign(header, { crc32: fields.u32(), packedSize: fields.u32(), size: fields.u32() });
  const nameSize = fields.u16();
  const extraSize = fields.u16();
  const commentSize = fields.u16();
  const disk = fields.u16();
  fields.take(2); // internal attributes
  header.unixMode = fields.u32() >>> 16;
  header.offset = fields.u32();
  header.name = fields.text(nameSize);
  const what = `${fields.what}: entry ${quoted(header.name)}`;
  readZip64Extra(fields.take(extraSize), header, ['size', 'packedSize', 'offset'], what);
  fields.take(commentSize);
  if (disk !== 0 && disk !== mark16) throw unsupported(`${what} is on another archive disk`);
  return header;
}

/** The header before an entry's data; `dataOffset` is where those begin. */
export function readLocalHeader(archive, offset, what) {
  if (offset > archive.byteLength) {
    throw corruptData(`${what}: its header should be at byte ${offset}, but must lie within the ` +
      `first ${archive.byteLength}`);
  }
  const fields = new Fields(archive.subarray(offset), `${what}: its header`);
  fields.expect(signatures.local);
  fields.take(2); // version needed
  const header = { flags: fields.u16(), method: fields.u16() };
  fields.take(4); // time and date
  Object.assign(header, { crc32: fields.u32(), packedSize: fields.u32(), size: fields.u32() });
  const nameSize = fields.u16();
  const extraSize = fields.u16();
  header.name = fields.text(nameSize);
  readZip64Extra(fields.take(extraSize), header, ['size', 'packedSize'], what);
  header.dataOffset = archive.byteLength - fields.left;
  return header;
}

/**
 * The length of the descriptor at the beginning of `rest`, which may have a signature or not and
 * numbers of 4 or 8 bytes; undefined when none of them says what `header` says.
 */
export function descriptorLength(rest, header) {
  for (const hasSignature of [true, false]) {
    for (const numberSize of [4, 8]) {
      const length = (hasSignature ? 8 : 4) + 2 * numberSize;
      if (rest.byteLength < length) continue;
      const fields = new Fields(rest.subarray(0, length), 'data descriptor');
      if (hasSignature && fields.u32() !== signatures.descriptor) continue;
      if (fields.u32() !== header.crc32) continue;
      const number = () => (numberSize === 4 ? fields.u32()
        : fields.u32() + fields.u32() * 2 ** 32);
      if (number() === header.packedSize && number() === header.size) return length;
    }
  }
  return undefined;
}
