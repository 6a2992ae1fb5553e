// Another process that saves: fork(saver, [FOLDER, VALUE, TIMES, STEP]) saves a model TIMES times (or until it is killed:
// 'Infinity'), and sends a message after each. Where STEP is given, it dies just before its STEP-th change of names.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { fileSystem } from '../../src/io/file.js';
import { otherArtifacts } from './support.mjs';

const [folder, value, times, step] = process.argv.slice(2);
let steps = 0;
for (const name of step ? ['mkdir', 'open', 'rename', 'rmdir', 'rm', 'unlink'] : []) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (++steps === Number(step)) process.exit(9);
    return original(...args);
  };
}
syncBuiltinESMExports();

for (let i = 0; i < Number(times); ++i) {
  await fileSystem(folder).save(otherArtifacts(Number(value)));
  process.send('saved');
}
process.disconnect();
