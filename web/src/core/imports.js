// What the core's modules import. They stand alone, so it is little: the clock, randomness, the end;
// and with threads, their memory and how one starts. Any other import (a file system, say) is
// answered by an error when it is called.

const text = new TextDecoder();

/**
 * @param {WebAssembly.Module} module
 * @param {{memory: WebAssembly.Memory, crypto: Crypto, threads?: object}} core what is read when it
 *     is needed: a module without threads brings its memory, which is there once it runs; `threads`
 *     has first(thread) and start(thread, body, argument), and is missing where none can start
 * @return {WebAssembly.Imports}
 */
export function importsOf(module, core) {
  const view = () => new DataView(core.memory.buffer);
  const bytes = (address, size) => new Uint8Array(core.memory.buffer, address, size);
  const known = {
    emscripten_notify_memory_growth() {},
    emscripten_get_now() {
      return performance.now();
    },
    emscripten_date_now() {
      return Date.now();
    },
    emscripten_check_blocking_allowed() {},
    emscripten_num_logical_cores() {
      return navigator.hardwareConcurrency;
    },
    __emscripten_init_main_thread_js(thread) {
      core.threads.first(thread);
    },
    __pthread_create_js(thread, attributes, body, argument) {
      return core.threads.start(thread, body, argument);
    },
    clock_time_get(clock, precision, address) {
      const ms = clock === 0 ? Date.now() : performance.now();
      view().setBigUint64(address, BigInt(Math.round(ms * 1e6)), true);
      return 0;
    },
    random_get(address, size) {
      for (let done = 0; done < size; done += 65536) {
        const part = Math.min(65536, size - done);
        // Not into the memory itself, which may be shared.
        bytes(address + done, part).set(core.crypto.getRandomValues(new Uint8Array(part)));
      }
      return 0;
    },
    getentropy(address, size) {
      return known.random_get(address, size);
    },
    environ_sizes_get(countAddress, sizeAddress) {
      view().setUint32(countAddress, 0, true);
      view().setUint32(sizeAddress, 0, true);
      return 0;
    },
    environ_get() {
      return 0;
    },
    // What the C++ runtime says before it gives up; the library itself prints nothing.
    fd_write(file, vectors, count, writtenAddress) {
      let written = 0;
      let said = '';
      for (let i = 0; i < count; ++i) {
        const address = view().getUint32(vectors + 8 * i, true);
        const size = view().getUint32(vectors + 8 * i + 4, true);
        said += text.decode(bytes(address, size).slice());
        written += size;
      }
      if (said.trim() !== '') console.error(said);
      view().setUint32(writtenAddress, written, true);
      return 0;
    },
    proc_exit(code) {
      throw new Error(`the WebAssembly core ended with code ${code}`);
    },
    abort() {
      throw new Error('the WebAssembly core gave up');
    },
  };

  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    if (kind === 'memory') {
      imports[from][name] = core.memory;
      continue;
    }
    if (kind !== 'function') throw new Error(`the core wants an unknown ${kind} ${from}.${name}`);
    imports[from][name] =
      known[name] ??
      (() => {
        throw new Error(`${name} is not available in the WebAssembly core`);
      });
  }
  return imports;
}
