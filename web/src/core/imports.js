// The functions that tfjs.wasm imports. It stands alone, so these are few: the clock, randomness,
// the end. Any other import (a file system, say) is answered by an error when it is called.

const text = new TextDecoder();

/**
 * @param {WebAssembly.Module} module
 * @param {() => WebAssembly.Memory} memory the module's own, there once it runs
 * @return {WebAssembly.Imports}
 */
export function importsOf(module, memory) {
  const known = {
    emscripten_notify_memory_growth() {},
    clock_time_get(clock, precision, address) {
      const ms = clock === 0 ? Date.now() : performance.now();
      new DataView(memory().buffer).setBigUint64(address, BigInt(Math.round(ms * 1e6)), true);
      return 0;
    },
    random_get(address, size) {
      for (let done = 0; done < size; done += 65536) {
        const part = Math.min(65536, size - done);
        globalThis.crypto.getRandomValues(new Uint8Array(memory().buffer, address + done, part));
      }
      return 0;
    },
    getentropy(address, size) {
      return known.random_get(address, size);
    },
    environ_sizes_get(countAddress, sizeAddress) {
      const view = new DataView(memory().buffer);
      view.setUint32(countAddress, 0, true);
      view.setUint32(sizeAddress, 0, true);
      return 0;
    },
    environ_get() {
      return 0;
    },
    // What the C++ runtime says before it gives up; the library itself prints nothing.
    fd_write(file, vectors, count, writtenAddress) {
      const view = new DataView(memory().buffer);
      let written = 0;
      let said = '';
      for (let i = 0; i < count; ++i) {
        const address = view.getUint32(vectors + 8 * i, true);
        const size = view.getUint32(vectors + 8 * i + 4, true);
        said += text.decode(new Uint8Array(memory().buffer, address, size));
        written += size;
      }
      if (said.trim() !== '') console.error(said);
      view.setUint32(writtenAddress, written, true);
      return 0;
    },
    proc_exit(code) {
      throw new Error(`the WebAssembly core ended with code ${code}`);
    },
  };

  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new Error(`tfjs.wasm wants an unknown ${kind} ${from}.${name}`);
    imports[from] ??= {};
    imports[from][name] =
      known[name] ??
      (() => {
        throw new Error(`${name} is not available in the WebAssembly core`);
      });
  }
  return imports;
}
