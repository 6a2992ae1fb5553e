// Base64 as TensorFlow.js stores weights in local storage. In parts: a call with a million
// arguments, as String.fromCharCode would get of a large buffer, overflows the stack.

const bytesAtOnce = 24 * 1024; // a multiple of 3: parts end without padding
const textAtOnce = 32 * 1024; // a multiple of 4

/** The base64 text of an array of bytes. */
export function toBase64(bytes) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += bytesAtOnce) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + bytesAtOnce))));
  }
  return parts.join('');
}

/** The bytes of a base64 text as an ArrayBuffer. Throws when it is none. */
export function fromBase64(text) {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let filled = 0;
  for (let i = 0; i < text.length; i += textAtOnce) {
    const part = atob(text.slice(i, i + textAtOnce));
    for (let k = 0; k < part.length; ++k) bytes[filled++] = part.charCodeAt(k);
  }
  return filled === bytes.length ? bytes.buffer : bytes.slice(0, filled).buffer;
}
