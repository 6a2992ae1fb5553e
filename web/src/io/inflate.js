// Unpacking raw deflate, as zip archives hold it: by the browser's DecompressionStream, in older
// Node by its zlib.
import { bytesOf } from './composite_array_buffer.js';
import { corruptData, reasonOf, unsupported } from './errors.js';
import { readStream } from './byte_streams.js';
import { importNode, isNode } from '../core/node.js';

function rawInflater() {
  try {
    return new DecompressionStream('deflate-raw');
  } catch {
    return null; // before Chrome 103, Firefox 113, Safari 16.4, Node 21
  }
}

const tooLarge = (size, what) =>
  corruptData(`${what} unpacks to more than the ${size} bytes it should have`);

async function inflateStream(packed, inflater, size, what) {
  const out = new Uint8Array(size);
  let filled = 0;
  const unpacked = new Blob([packed]).stream().pipeThrough(inflater);
  await readStream(unpacked, (chunk) => {
    if (filled + chunk.byteLength > size) throw tooLarge(size, what);
    out.set(chunk, filled);
    filled += chunk.byteLength;
  });
  return out.subarray(0, filled);
}

async function inflateInNode(packed, size, what) {
  const zlib = await importNode('zlib');
  try {
    return bytesOf(zlib.inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) }));
  } catch (error) {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(size, what) : error;
  }
}

/** The `size` bytes that `packed` unpacks to; `what` names them in messages. */
export async function inflate(packed, size, what) {
  const inflater = rawInflater();
  if (!inflater && !isNode) {
    throw unsupported(`${what} is compressed, which this browser cannot unpack; store the files ` +
      'without compression (zip -0)');
  }
  let out;
  try {
    out = inflater ? await inflateStream(packed, inflater, size, what)
      : await inflateInNode(packed, size, what);
  } catch (error) {
    if (error.code === 'CorruptData') throw error;
    throw corruptData(`${what} is no deflate stream: ${reasonOf(error)}`, error);
  }
  if (out.byteLength !== size) {
    throw corruptData(`${what} unpacks to ${out.byteLength} bytes, but should to ${size}`);
  }
  return out;
}
