// Progress in bytes: `onProgress(fraction, {bytes, total})` is called with 0 first, never goes
// back, and ends with 1 when, and only when, everything has come.

const thrown = new WeakSet();

/** Whether it was the caller's `onProgress` that threw this: no fault of the network, say. */
export function isOfProgress(error) {
  return thrown.has(error);
}

function guarded(onProgress) {
  return (...news) => {
    try {
      onProgress(...news);
    } catch (error) {
      if (error instanceof Error) thrown.add(error);
      throw error;
    }
  };
}

export class ByteProgress {
  #report;
  #total;
  #bytes = 0;
  #isOver = false;

  /** `total` is what is expected; a file may have more. */
  constructor(onProgress, total) {
    this.#report = guarded(onProgress ?? (() => {}));
    this.#total = total;
    this.#report(0, { bytes: 0, total });
  }

  /** So many bytes are there now. */
  reach(bytes) {
    if (this.#isOver || bytes <= this.#bytes) return;
    this.#bytes = bytes;
    // All bytes that were expected may be there before the last file is: 1 is for the end.
    if (bytes < this.#total) this.#report(bytes / this.#total, { bytes, total: this.#total });
  }

  add(bytes) {
    this.reach(this.#bytes + bytes);
  }

  finish() {
    if (this.#isOver) return;
    this.#isOver = true;
    const total = Math.max(this.#bytes, this.#total);
    this.#report(1, { bytes: total, total });
  }
}
