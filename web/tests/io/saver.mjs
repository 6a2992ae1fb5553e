// Another process that saves: `node saver.mjs FOLDER VALUE` saves one model over and over;
// `node saver.mjs FOLDER VALUE STEP` saves it once, and dies just before its STEP-th change of names.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { fileSystem } from '../../src/io/file.js';
import { otherArtifacts } from './support.mjs';

const [folder, value, step] = process.argv.slice(2);
let steps = 0;
for (const name of step ? ['mkdir', 'open', 'rename', 'rmdir', 'rm', 'unlink'] : []) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (++steps === Number(step)) process.exit(9);
    return original(...args);
  };
}
syncBuiltinESMExports();

for (let i = 0; i < (step ? 1 : 40); ++i) {
  await fileSystem(folder).save(otherArtifacts(Number(value)));
}
