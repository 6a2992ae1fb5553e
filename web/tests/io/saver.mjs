// Another process that saves: `node saver.mjs FOLDER VALUE` saves one model over and over.
import { fileSystem } from '../../src/io/file.js';
import { otherArtifacts } from './support.mjs';

const [folder, value] = process.argv.slice(2);
for (let i = 0; i < 40; ++i) await fileSystem(folder).save(otherArtifacts(Number(value)));
