// What a page downloads: the WebAssembly and the JavaScript as a bundler makes it, gzipped. A page
// takes one of the two .wasm files; here it is that with one thread.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const web = new URL('../../', import.meta.url);
const missing = ['tests/node_modules/vite', 'dist/tfjs.wasm', 'dist/tfjs-threads.wasm'].filter((path) => !existsSync(new URL(path, web)));

/** Bytes, gzipped, of the bundle that has this entry alone. */
async function sizeOf(entry) {
  const { build } = await import('vite');
  const { output } = await build({
    root: fileURLToPath(web),
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      rollupOptions: {
        input: fileURLToPath(new URL(entry, web)),
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const taken = output.filter(({ fileName }) => !fileName.includes('tfjs-threads'));
  assert.ok(taken.length < output.length, 'the build with threads is not there');
  const sizes = taken.map((file) => gzipSync(file.code ?? file.source, { level: 9 }).length);
  return sizes.reduce((all, size) => all + size, 0);
}

const limits = [
  ['the whole package', 'src/index.js', 600_000],
  ['what only loads, runs and saves models', 'src/inference.js', 400_000],
];
for (const [what, entry, limit] of limits) {
  const skip = missing.length > 0 && `${missing.join(' and ')} missing`;
  test(`${what} stays under ${limit / 1000} kB`, { skip }, async (t) => {
    const size = await sizeOf(entry);
    t.diagnostic(`${entry}: ${size} bytes`);
    assert.ok(size > 100_000 && size < limit, `${size} bytes`);
  });
}
