// Stock TensorFlow.js, to compare with; and what ends a test file as "skipped" (exit code 77) where
// it, or the package's core, is not there.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../', import.meta.url));

/** The package. */
export async function thePackage() {
  skipUnless('dist/tfjs.wasm', 'build web/dist/tfjs.wasm first');
  return import('../../src/index.js');
}

/** TensorFlow.js 4.22. */
export function stockTensorFlow() {
  skipUnless('tests/node_modules/@tensorflow/tfjs', "run 'npm ci' in web/tests first");
  // Its advice to install another package is no result of a test.
  const { warn } = console;
  console.warn = () => {};
  const stock = createRequire(import.meta.url)('@tensorflow/tfjs');
  console.warn = warn;
  return stock;
}

function skipUnless(file, what) {
  if (existsSync(web + file)) return;
  console.log(`skipped: ${what}`);
  process.exit(77);
}
