// One thread of the core: an instance of its module on the memory that all threads share. It never
// ends by itself; it goes with the page.

import { importsOf } from './imports.js';

globalThis.onmessage = async ({ data: { module, memory, thread, stack, body, argument } }) => {
  const { exports } = await WebAssembly.instantiate(module, importsOf(module, { memory }));
  exports.stackRestore(stack);
  exports.tfjs_run_thread(thread, body, argument);
};
