// One thread of the core: an instance of its module on the memory that all threads share. The core
// never ends it; it goes with the page.

import { importsOf } from './imports.js';

globalThis.onmessage = async ({ data: { module, memory, thread, stack, body, argument } }) => {
  const imports = importsOf(module, { memory, crypto });
  const { exports } = await WebAssembly.instantiate(module, imports);
  exports.stackRestore(stack);
  exports.tfjs_run_thread(thread, body, argument);
};
