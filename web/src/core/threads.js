// The core with threads: for pages and workers that are crossOriginIsolated, since only they have
// memory that several threads can share.

import { importsOf } from './imports.js';

/** The error by which the core goes on with the threads it has. */
const EAGAIN = 6;

const wasmPage = 65536;

const warn = (reason) => console.warn(`tfjs-cpp: a thread does not start: ${reason}`);

/** Memory for all threads, or null where there can be none. */
export function sharedMemory() {
  if (globalThis.crossOriginIsolated !== true || typeof Worker !== 'function') return null;
  try {
    // As web/CMakeLists.txt links the module. A browser on 32 bits may not have the addresses.
    return new WebAssembly.Memory({ initial: (16 << 20) / wasmPage, maximum: 65536, shared: true });
  } catch {
    return null;
  }
}

/**
 * Instantiates the module with threads.
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Memory} memory of sharedMemory()
 */
export async function instantiateWithThreads(module, memory) {
  let exports = null;
  const threads = {
    // Only workers may block; a page's thread spins.
    first(thread) {
      exports.tfjs_first_thread_is(thread, typeof document === 'undefined' ? 1 : 0);
    },
    // The worker comes up while the core goes on: loops that it does not join in time are done
    // without it.
    start(thread, body, argument) {
      try {
        const worker = new Worker(new URL('./thread.js', import.meta.url), { type: 'module' });
        worker.onerror = (event) => {
          event.preventDefault();
          warn(event.message ?? 'its script does not load');
        };
        const stack = exports.tfjs_thread_stack(thread) >>> 0;
        worker.postMessage({ module, memory, thread, stack, body, argument });
        return 0;
      } catch (error) {
        warn(error.message);
        return EAGAIN;
      }
    },
  };
  const instance = await WebAssembly.instantiate(module, importsOf(module, { memory, crypto, threads }));
  exports = instance.exports;
  exports.__wasm_call_ctors();
  return { exports, memory };
}
