// The code of web/README.md runs: the blocks marked `js` one after the other, as one program of a
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
const readme = readFileSync(join(web, 'README.md'), 'utf8');

const project = mkdtempSync(join(tmpdir(), 'tfjs-readme-'));
after(() => rmSync(project, { recursive: true }));
mkdirSync(join(project, 'node_modules'));
symlinkSync(web, join(project, 'node_modules/tfjs-cpp'));

function blocks(kind) {
  const found = [...readme.matchAll(/^```(.*)\n([^]*?)^```$/gm)].filter(([, info]) => info === kind);
  assert.ok(found.length > 0, `README.md has no block marked ${kind}`);
  return found.map(([, , code]) => code);
}

function run(name, code, ...options) {
  writeFileSync(join(project, name), code);
  return execFileSync(process.execPath, [...options, name], { cwd: project, encoding: 'utf8' });
}

test('The program of README.md runs in Node', () => {
  const said = run('program.mjs', blocks('js').join('\n'));
  assert.match(said, /Total params: 161/);
  assert.match(said, /Tensor\n    \[\[[\d.]+\]\]/);
  assert.match(said, /644 bytes of weights, saved \d{4}-/);
  assert.match(said, /^NotFound /m);
});

test('The CommonJS of README.md runs in Node', () => {
  const said = blocks('js commonjs').map((code, i) => run(`program${i}.cjs`, code)).join('');
  assert.match(said, /^\d+\.\d+\.\d+/);
});

test('What README.md shows of pages is valid JavaScript', () => {
  for (const [i, code] of blocks('js page').entries()) run(`page${i}.mjs`, code, '--check');
});
