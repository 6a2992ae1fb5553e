// A zip archive read with suspicion. Readers differ in which of the redundant records they believe;
// here all must agree: the directory fills the space before the end record, each of its headers
// says what the entry's own header says (and the data descriptor), and entries do not overlap, so
// that a small archive cannot unpack to a large one by being read many times.
import { crc32 } from './crc32.js';
import { corruptData, quoted, unsupported } from './errors.js';
import { inflate } from './inflate.js';
import { Fields, descriptorLength, findDirectory, flags, readLocalHeader, takeCentralHeader }
  from './zip_records.js';

const stored = 0;
const deflated = 8;
const bestDeflate = 1032; // 258 bytes from 2 bits

/** Of a Unix mode. */
const fileType = { mask: 0o170000, link: 0o120000, file: 0o100000, folder: 0o040000 };

/** Whether `bytes` begin as zip archives do. */
export function isZip(bytes) {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b &&
    ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

function leavesItsFolder(name) {
  return /^[/\\]/.test(name) || name.split(/[/\\]/).includes('..');
}

function checkCentralHeader(header, what) {
  if (header.name === '') throw corruptData(`${what}: the name is empty`);
  if (header.name.includes('\0')) throw corruptData(`${what}: the name holds a NUL character`);
  if (leavesItsFolder(header.name)) {
    throw corruptData(`${what}: the name leads out of the archive's folder`);
  }
  if (header.flags & (flags.encrypted | flags.strong)) throw unsupported(`${what} is encrypted`);
  if (header.flags & flags.patch) throw unsupported(`${what} is a patch`);
  const type = header.unixMode & fileType.mask;
  if (type === fileType.link) {
    throw unsupported(`${what} is a link; an archive may hold files only`);
  }
  if (type !== 0 && type !== fileType.file && type !== fileType.folder) {
    throw unsupported(`${what} is a device or other special file`);
  }
  if (header.method === stored && header.packedSize !== header.size) {
    throw corruptData(`${what} is stored as it is, but has ${header.packedSize} bytes in the ` +
      `archive and ${header.size} outside`);
  }
  if (header.method === deflated && Math.floor(header.size / bestDeflate) > header.packedSize) {
    throw corruptData(`${what}: no deflate stream of ${header.packedSize} bytes unpacks to ` +
      `${header.size}`);
  }
}

function checkAgreement(central, local, what) {
  if (central.name !== local.name) {
    throw corruptData(`${what} is called ${quoted(local.name)} in its own header`);
  }
  const compared = flags.encrypted | flags.descriptor | flags.patch;
  const same = (field, own, isAbsent) => {
    if (own === central[field] || isAbsent) return;
    throw corruptData(`${what}: its ${field} is ${central[field]} in the directory, but ${own} ` +
      'in its own header');
  };
  if ((central.flags & compared) !== (local.flags & compared)) {
    throw corruptData(`${what}: its flags in the directory differ from those in its own header`);
  }
  same('method', local.method);
  const hasDescriptor = (local.flags & flags.descriptor) !== 0;
  for (const field of ['crc32', 'packedSize', 'size']) {
    same(field, local[field], hasDescriptor && local[field] === 0);
  }
}

/** Sets where an entry's data begin; the part of the archive that it takes comes back. */
function placeOf(header, before, what) {
  const local = readLocalHeader(before, header.offset, what);
  checkAgreement(header, local, what);
  header.dataOffset = local.dataOffset;
  let end = local.dataOffset + header.packedSize;
  if (end > before.byteLength) {
    throw corruptData(`${what} needs ${header.packedSize} bytes at byte ${local.dataOffset}, but ` +
      `the directory begins at byte ${before.byteLength}`);
  }
  if (header.flags & flags.descriptor) {
    const length = descriptorLength(before.subarray(end), header);
    if (length === undefined) {
      throw corruptData(`${what}: its data descriptor does not say what the directory says`);
    }
    end += length;
  }
  return { begin: header.offset, end, name: header.name };
}

export class ZipArchive {
  #bytes;
  #shown;
  #byName = new Map();

  /** Checks the whole directory; contents are looked at when read. `shown` names the archive. */
  constructor(bytes, shown) {
    this.#bytes = bytes;
    this.#shown = shown;
    const directory = findDirectory(bytes, shown);
    const before = bytes.subarray(0, directory.offset);
    const fields = new Fields(
      bytes.subarray(directory.offset, directory.offset + directory.size),
      `${shown}: its directory`);
    const places = [];
    for (let i = 0; i < directory.count; ++i) {
      const header = takeCentralHeader(fields);
      const what = this.shown(header.name);
      checkCentralHeader(header, what);
      places.push(placeOf(header, before, what));
      if (this.#byName.has(header.name)) {
        throw corruptData(`${shown}: entry ${quoted(header.name)} is there twice`);
      }
      this.#byName.set(header.name, header);
    }
    if (fields.left > 0) {
      throw corruptData(`${shown}: its directory has ${fields.left} bytes after its ` +
        `${directory.count} entries`);
    }
    this.#checkNoOverlap(places);
  }

  #checkNoOverlap(places) {
    places.sort((a, b) => a.begin - b.begin);
    for (let i = 1; i < places.length; ++i) {
      if (places[i].begin >= places[i - 1].end) continue;
      throw corruptData(`${this.#shown}: entries ${quoted(places[i - 1].name)} and ` +
        `${quoted(places[i].name)} overlap`);
    }
  }

  /** Entries in the order of the directory: `{name, size, packedSize, method}` and more. */
  get entries() {
    return [...this.#byName.values()];
  }

  /** The entry of that name, or undefined. */
  find(name) {
    return this.#byName.get(name);
  }

  /** What messages call an entry: "model.zip/weights.bin". */
  shown(name) {
    return `${this.#shown}/${quoted(name, 4096).slice(1, -1)}`;
  }

  /** An entry's content: a view of the archive when it is stored, else unpacked. */
  async read(entry, mostBytes) {
    const what = this.shown(entry.name);
    if (entry.size > mostBytes) {
      throw corruptData(`${what} has ${entry.size} bytes, more than the limit of ${mostBytes}`);
    }
    const packed = this.#bytes.subarray(entry.dataOffset, entry.dataOffset + entry.packedSize);
    if (entry.method !== stored && entry.method !== deflated) {
      throw unsupported(`${what} is compressed by method ${entry.method}; known are ` +
        '0 (stored) and 8 (deflate)');
    }
    const content = entry.method === stored ? packed : await inflate(packed, entry.size, what);
    const found = crc32(content);
    if (found !== entry.crc32) {
      throw corruptData(`${what} is damaged: its CRC-32 is ${found}, but the archive says ` +
        `${entry.crc32}`);
    }
    return content;
  }
}
