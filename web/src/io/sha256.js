// SHA-256 of weight files. The browser's own where there is one: that is in secure contexts only
// (https, localhost, workers of them). Else the plain one below, which needs about a second for
// 100 MB.

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The SHA-256 of a Uint8Array as 64 lower-case hex digits. */
export async function sha256Hex(bytes) {
  const subtle = globalThis.crypto?.subtle;
  return subtle ? hex(new Uint8Array(await subtle.digest('SHA-256', bytes))) : plainSha256(bytes);
}

/** The first 32 bits of the fractional part of the `root`-th roots of the first primes. */
function primeRoots(count, root) {
  const primes = [];
  for (let n = 2; primes.length < count; ++n) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes.map((prime) => {
    const value = root === 2 ? Math.sqrt(prime) : Math.cbrt(prime);
    return Math.floor((value % 1) * 2 ** 32) | 0;
  });
}

const rotated = (word, bits) => (word >>> bits) | (word << (32 - bits));

/** One block of 64 bytes (FIPS 180-4, 6.2.2), into `state`. */
function addBlock(state, w, constants) {
  for (let t = 16; t < 64; ++t) {
    const s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; ++t) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t]) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] += value;
  });
}

/** SHA-256 in JavaScript; exported for its test. */
export function plainSha256(bytes) {
  const constants = Int32Array.from(primeRoots(64, 3));
  const state = Int32Array.from(primeRoots(8, 2));
  const w = new Int32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  const addAll = (block, end) => {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let at = 0; at < end; at += 64) {
      for (let t = 0; t < 16; ++t) w[t] = view.getInt32(at + 4 * t);
      addBlock(state, w, constants);
    }
  };
  addAll(bytes, whole);
  const rest = bytes.length - whole;
  const last = new Uint8Array(rest < 56 ? 64 : 128);
  last.set(bytes.subarray(whole));
  last[rest] = 0x80;
  const lastView = new DataView(last.buffer);
  lastView.setUint32(last.length - 8, Math.floor(bytes.length / 2 ** 29));
  lastView.setUint32(last.length - 4, (bytes.length << 3) >>> 0);
  addAll(last, last.length);
  return hex(new Uint8Array(Uint32Array.from(state, (word) => {
    const swapped = new DataView(new ArrayBuffer(4));
    swapped.setInt32(0, word);
    return swapped.getUint32(0, true);
  }).buffer));
}
