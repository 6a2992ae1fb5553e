// Weight files on their way in. Their bytes go straight to where they stay: into one buffer for all
// when model.json tells how long each file is, else into one buffer for each file.
import { corruptData, invalidArgument, reasonOf } from './errors.js';
import { passing } from './http_fetch.js';
import { ByteProgress } from './progress.js';
import { asWeightData, checkHash, checkLength } from './weight_files.js';
import { weightBytes } from './weight_specs.js';

/** Bytes after the last weight that are let in, with a warning at the end. */
const mostSurplus = 1 << 20;
/** Larger models come in one buffer per file: so large a piece of memory may not be free. */
const mostJoint = 2 ** 30;
const firstSize = 64 * 1024;

function allocate(size, jsonName) {
  try {
    return new Uint8Array(size);
  } catch (error) {
    throw invalidArgument(`${jsonName}: there is no memory for ${size} bytes of weights: ` +
      reasonOf(error), error);
  }
}

export class WeightReceiver {
  #files;
  #jsonName;
  #options;
  #most = Infinity;
  #needed;
  #isJoint;
  #progress;

  /** `names` are those of the files in messages, in the order of the model. */
  constructor(model, names, jsonName, options) {
    this.#jsonName = jsonName;
    this.#options = options;
    this.#files = model.files.map(({ integrity }, i) =>
      ({ name: names[i], integrity, note: '', received: 0, most: 0, bytes: null }));
    const stated = this.#files.every((file) => file.integrity.byteLength !== undefined)
      ? this.#files.reduce((all, file) => all + file.integrity.byteLength, 0) : undefined;
    this.#checkTotals(weightBytes(model.artifacts.weightSpecs), stated);
    this.#isJoint = stated !== undefined && stated <= mostJoint && this.#files.length > 1;
    if (this.#isJoint) this.#makeJoint(stated);
    this.#progress = new ByteProgress(options.onProgress, Math.max(this.#needed, stated ?? 0));
  }

  #checkTotals({ least, isExact }, stated) {
    this.#needed = least;
    if (isExact) this.#most = least + mostSurplus;
    if (stated === undefined || (stated >= least && stated <= this.#most)) return;
    throw corruptData(`${this.#jsonName}: the weights need ${isExact ? '' : 'at least '}${least} ` +
      `bytes, but the weight files are said to have ${stated}`);
  }

  #makeJoint(total) {
    const buffer = allocate(total, this.#jsonName);
    let offset = 0;
    for (const file of this.#files) {
      file.bytes = buffer.subarray(offset, offset + file.integrity.byteLength);
      offset += file.integrity.byteLength;
    }
  }

  /**
   * A file begins, perhaps anew. `length` is what the server says it has, undefined when that is
   * not known; a compressed body has another length than the file, so it is no more than a hint.
   */
  begin(index, length, note) {
    const file = this.#files[index];
    file.note = note;
    file.received = 0;
    if (file.bytes !== null) return;
    const onlyFile = this.#files.length === 1 ? this.#needed : undefined;
    const hint = file.integrity.byteLength ?? onlyFile ?? length ?? firstSize;
    file.bytes = allocate(Math.min(hint, this.#most), this.#jsonName);
  }

  take(index, chunk) {
    const file = this.#files[index];
    const size = file.received + chunk.byteLength;
    const expected = file.integrity.byteLength;
    if (expected !== undefined && size > expected) {
      throw corruptData(`${file.name} has more than the ${expected} bytes it should have` +
        file.note);
    }
    if (size > file.bytes.byteLength) this.#grow(file, size);
    file.bytes.set(chunk, file.received);
    file.received = size;
    if (size > file.most) this.#progress.add(size - file.most);
    file.most = Math.max(file.most, size);
  }

  #grow(file, size) {
    const others = this.#files.reduce((all, each) => all + each.received, 0) - file.received;
    if (others + size > this.#most) {
      throw corruptData(`${file.name} has at least ${size} bytes: more than the model accounts ` +
        `for, whose weights need ${this.#needed}${file.note}`);
    }
    const larger = allocate(Math.min(Math.max(2 * file.bytes.byteLength, size, firstSize),
      Math.max(size, this.#most)), this.#jsonName);
    larger.set(file.bytes.subarray(0, file.received));
    file.bytes = larger;
  }

  /** The file has come. A short one may be an answer that broke off without anybody noticing. */
  async finish(index) {
    const file = this.#files[index];
    try {
      checkLength(file.received, file.integrity, file.name, file.note);
    } catch (error) {
      throw file.note === '' ? passing(error) : error;
    }
    await checkHash(file.bytes.subarray(0, file.received), file.integrity, file.name,
      this.#options, file.note);
  }

  /** Notes on files that may not be what they should, for the end of a message. */
  get notes() {
    const noted = this.#files.find((file) => file.note !== '');
    return noted ? `; ${noted.name}${noted.note}` : '';
  }

  /** All bytes, once every file is finished. */
  weightData() {
    if (this.#isJoint) return this.#files[0].bytes.buffer;
    return asWeightData(this.#files.map(({ bytes, received }) =>
      (received === bytes.buffer.byteLength ? bytes.buffer : bytes.slice(0, received).buffer)));
  }

  /** Says that the load has succeeded. */
  complete() {
    this.#progress.finish();
  }
}
