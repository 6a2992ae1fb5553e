// The WebAssembly core: loaded once, when this module is, and called by name.
//
// web/bindings/bindings.cc is the other side. A call takes and gives JSON; bytes are [address, size]
// in the core's memory. What the core lends is readable until the next call, so readers copy at
// once.

import { importsOf } from './imports.js';
import { importNode, isNode } from './node.js';
import { instantiateWithThreads, sharedMemory } from './threads.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function compile(url) {
  if (isNode && url.protocol === 'file:') {
    const { readFile } = await importNode('fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`cannot load the WebAssembly core: ${url} answered ${response.status}`);
  }
  // compileStreaming insists on the MIME type, which not every server knows.
  if (response.headers.get('Content-Type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

async function instantiate(module) {
  // Node 18 has it in a module only.
  const crypto = globalThis.crypto ?? (isNode ? (await importNode('crypto')).webcrypto : undefined);
  const core = { memory: null, crypto };
  const { exports } = await WebAssembly.instantiate(module, importsOf(module, core));
  core.memory = exports.memory;
  exports._initialize?.();
  return { exports, memory: core.memory };
}

async function start() {
  const memory = sharedMemory();
  if (memory !== null) {
    const url = new URL('../../dist/tfjs-threads.wasm', import.meta.url);
    try {
      return await instantiateWithThreads(await compile(url), memory);
    } catch (error) {
      console.warn(`tfjs-cpp: one thread only: ${error.message}`);
    }
  }
  return instantiate(await compile(new URL('../../dist/tfjs.wasm', import.meta.url)));
}

const { exports: core, memory } = await start();

/**
 * A view of the core's memory, good until memory grows: not to be kept over a call. The memory may
 * be shared, so what the browser reads must be a copy.
 */
function view([address, size]) {
  return new Uint8Array(memory.buffer, address, size);
}

function allocate(size) {
  const address = core.tfjs_allocate(size) >>> 0;
  if (address === 0) {
    const message = `out of memory: no ${size} bytes left of the 4 GiB WebAssembly can have`;
    throw Object.assign(new Error(message), { code: 'Unavailable' });
  }
  return address;
}

/**
 * Calls the core.
 * @param {string} name one of web/bindings/calls.def
 * @param {object} args JSON; undefined members are left out
 * @return what the call gives: JSON
 * @throws {Error} with the core's message; `code` is the kind: 'InvalidArgument', 'NotFound', ...
 */
export function call(name, args = {}) {
  const text = encoder.encode(JSON.stringify({ call: name, arguments: args }));
  const address = allocate(text.length);
  view([address, text.length]).set(text);
  core.tfjs_call(address, text.length);
  const answer = [core.tfjs_answer() >>> 0, core.tfjs_answer_size() >>> 0];
  const { value, error } = JSON.parse(decoder.decode(view(answer).slice()));
  if (error) throw Object.assign(new Error(error.message), { code: error.code });
  return value;
}

/**
 * Copies bytes into the core's memory, for the next call, which frees what it does not take.
 * @param {ArrayBuffer|ArrayBufferView} data
 * @return {[number, number]} address and size
 */
export function give(data) {
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  const address = allocate(bytes.length);
  view([address, bytes.length]).set(bytes);
  return [address, bytes.length];
}

/** Copies what the last call lent into a buffer of JavaScript's own. */
export function copyOf(lent) {
  return view(lent).slice().buffer;
}

/** Copies lent pieces, in order, into one buffer. */
export function joinedCopyOf(pieces) {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece[1], 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(view(piece), offset);
    offset += piece[1];
  }
  return whole.buffer;
}
