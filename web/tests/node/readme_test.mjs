// The code of web/README.md and docs/saving-and-loading.md runs: the blocks marked `js` one after the other, as one program of a
// project that has the package installed; those marked `js commonjs` by themselves; those marked
// `js page` need a page (tests/browser runs the like of them) and must be valid here.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { thePackage } from './stock.mjs';

await thePackage(); // or the end, as "skipped"

const web = fileURLToPath(new URL('../../', import.meta.url));
const documents = { 'README.md': 'README.md', 'saving-and-loading.md': '../docs/saving-and-loading.md' };

const project = mkdtempSync(join(tmpdir(), 'tfjs-readme-'));
after(() => rmSync(project, { recursive: true }));
mkdirSync(join(project, 'node_modules'));
symlinkSync(web, join(project, 'node_modules/tfjs-cpp'));

function blocks(document, kind) {
  const text = readFileSync(join(web, documents[document]), 'utf8');
  const found = [...text.matchAll(/^```(.*)\n([^]*?)^```$/gm)].filter(([, info]) => info === kind);
  assert.ok(found.length > 0, `${document} has no block marked ${kind}`);
  return found.map(([, , code]) => code);
}

function run(name, code, ...options) {
  writeFileSync(join(project, name), code);
  return execFileSync(process.execPath, [...options, name], { cwd: project, encoding: 'utf8' });
}

test('The program of README.md runs in Node', () => {
  const said = run('program.mjs', blocks('README.md', 'js').join('\n'));
  assert.match(said, /Total params: 161/);
  assert.match(said, /Tensor\n    \[\[[\d.]+\]\]/);
  assert.match(said, /644 bytes of weights, saved \d{4}-/);
  assert.match(said, /^NotFound /m);
});

test('The CommonJS of README.md runs in Node', () => {
  const said = blocks('README.md', 'js commonjs').map((code, i) => run(`program${i}.cjs`, code)).join('');
  assert.match(said, /^\d+\.\d+\.\d+/);
});

test('The JavaScript of saving-and-loading.md runs in Node', () => {
  const before = `import { readFile } from 'node:fs/promises';
    import * as tf from 'tfjs-cpp';
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    const wanted = model.predict(tf.ones([1, 3])).dataSync().join();`;
  const after = `
    const found = [same, fromArchive, handed, fromMemory, await tf.loadLayersModel('file://final')]
      .map((each) => each.predict(tf.ones([1, 3])).dataSync().join());
    console.log(found.every((each) => each === wanted), shelf.size);`;
  const said = run('places.mjs', [before, ...blocks('saving-and-loading.md', 'js'), after].join('\n'));
  assert.equal(said, 'true 0\n');
});

for (const document of Object.keys(documents)) {
  test(`What ${document} shows of pages is valid JavaScript`, () => {
    for (const [i, code] of blocks(document, 'js page').entries()) run(`page${i}.mjs`, code, '--check');
  });
}
