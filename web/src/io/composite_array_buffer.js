// Weight bytes as they come: one ArrayBuffer or a list of them, read as one string of bytes without
// joining them. Allocating one large buffer is slow and may fail where several do not.

const isBuffer = (value) => Object.prototype.toString.call(value) === '[object ArrayBuffer]' ||
  Object.prototype.toString.call(value) === '[object SharedArrayBuffer]';

/** The bytes of an ArrayBuffer or of a view, as a Uint8Array that shares them. */
export function bytesOf(data) {
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  if (isBuffer(data)) return new Uint8Array(data);
  throw new TypeError(`weight data must be an ArrayBuffer or a list of them, got ${typeof data}`);
}

/** Requests, files and stores take no memory that threads share. */
const unshared = (view) => (view.buffer instanceof ArrayBuffer ? view : new Uint8Array(view));

/** The pieces of `weightData`, absent or empty ones left out. */
export function piecesOf(weightData) {
  if (weightData == null) return [];
  const list = Array.isArray(weightData) ? weightData : [weightData];
  return list.map((piece) => unshared(bytesOf(piece))).filter((piece) => piece.byteLength > 0);
}

/** An ArrayBuffer of exactly these bytes, the one below the view when that is all of it. */
export function wholeBuffer(view) {
  if (view.byteLength === view.buffer.byteLength && view.buffer instanceof ArrayBuffer) {
    return view.buffer;
  }
  return new Uint8Array(view).buffer; // Node's Buffer has a slice that does not copy
}

/** `weightData` as one ArrayBuffer: the given one when it is one already, else a copy. */
export function joined(weightData) {
  const pieces = piecesOf(weightData);
  return pieces.length === 1 ? wholeBuffer(pieces[0]) : CompositeArrayBuffer.join(weightData);
}

/**
 * A list of ArrayBuffers that can be sliced as if it were one.
 */
export class CompositeArrayBuffer {
  #pieces;
  #starts = [];

  /** Bytes in all. */
  byteLength = 0;

  /** @param {ArrayBuffer|ArrayBufferView|Array<ArrayBuffer|ArrayBufferView>} [buffers] */
  constructor(buffers) {
    this.#pieces = piecesOf(buffers);
    for (const piece of this.#pieces) {
      this.#starts.push(this.byteLength);
      this.byteLength += piece.byteLength;
    }
  }

  /** All buffers in one new ArrayBuffer. */
  static join(buffers) {
    return new CompositeArrayBuffer(buffers).slice();
  }

  /** How many buffers hold the bytes. */
  get pieceCount() {
    return this.#pieces.length;
  }

  /** A copy of bytes `start` to `end`, both kept within what is there. */
  slice(start = 0, end = this.byteLength) {
    const [from, to] = this.#range(start, end);
    const out = new Uint8Array(to - from);
    this.#copy(from, out);
    return out.buffer;
  }

  /** Bytes `start` to `end`: a view when one buffer holds them, else a copy. */
  view(start = 0, end = this.byteLength) {
    const [from, to] = this.#range(start, end);
    if (from === to) return new Uint8Array(0);
    const index = this.#indexOf(from);
    const piece = this.#pieces[index];
    const begin = from - this.#starts[index];
    if (to - from <= piece.byteLength - begin) return piece.subarray(begin, begin + to - from);
    return new Uint8Array(this.slice(from, to));
  }

  #range(start, end) {
    const from = Math.min(Math.max(0, Number(start) || 0), this.byteLength);
    const to = Math.min(Math.max(0, Number(end) || 0), this.byteLength);
    return [from, Math.max(from, to)];
  }

  #copy(start, out) {
    let filled = 0;
    for (let i = this.#indexOf(start); filled < out.length; ++i) {
      const begin = start + filled - this.#starts[i];
      const part = this.#pieces[i].subarray(begin, begin + out.length - filled);
      out.set(part, filled);
      filled += part.length;
    }
  }

  /** The buffer that holds a byte: the last one that starts at or before it. */
  #indexOf(offset) {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The buffers in one; the older name of `CompositeArrayBuffer.join`. */
export function concatenateArrayBuffers(buffers) {
  return CompositeArrayBuffer.join(buffers);
}
