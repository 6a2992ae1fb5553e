// The package from its tarball, in a fresh project: Node as an ES module and from CommonJS, the
// file:// lines of the guide, and a Vite build whose output runs in a page.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkSame } from '../support/in_page.js';
import { installedPackage, run } from '../support/installed_package.mjs';
import { suite } from '../support/suite.mjs';

/** A program of the project; it fails by throwing. */
async function runProgram(name, text) {
  const project = await installedPackage();
  writeFileSync(join(project, name), text);
  return run(process.execPath, [name], project);
}

const allFiles = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

/** Every file that package.json's exports name. */
const named = (exports) =>
  typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(named);

const buildModel = `
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: 'ones' }));
  const x = tf.tensor2d([[1, 2, 3]]);`;

await suite(import.meta.url, (test) => {
  const inNode = { in: ['node'], timeoutMs: 180_000 };

  test('The tarball has what package.json names, and nothing of the tests', async () => {
    const folder = join(await installedPackage(), 'node_modules/tfjs-cpp');
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const wanted = [about.main, about.types, ...named(about.exports)];
    checkSame(wanted.filter((file) => !existsSync(join(folder, file))), [], 'missing files');
    const expected = /^(src\/.*\.js|dist\/[^/]*\.wasm|.*\.d\.ts|package\.json|LICENSE|.*\.md)$/;
    checkSame(allFiles(folder).filter((file) => !expected.test(file)), [], 'surplus files');
    check(existsSync(join(folder, 'LICENSE')), 'there is no LICENSE');
    check(existsSync(join(folder, 'README.md')), 'there is no README.md');
    checkSame(about.dependencies, undefined, 'dependencies');
  }, inNode);

  test('Node imports it as an ES module', async () => {
    const printed = await runProgram('module.mjs', `
      import * as tf from 'tfjs-cpp';
      ${buildModel}
      console.log(JSON.stringify(await model.predict(x).array()));
    `);
    checkSame(JSON.parse(printed), [[6, 6]], 'the prediction');
  }, inNode);

  test('Node imports it from CommonJS', async () => {
    const printed = await runProgram('script.cjs', `
      (async () => {
        const tf = await import('tfjs-cpp');
        ${buildModel}
        console.log(JSON.stringify(await model.predict(x).array()));
      })();
    `);
    checkSame(JSON.parse(printed), [[6, 6]], 'the prediction');
  }, inNode);

  test('Node saves to and loads from files as in the guide', async () => {
    const project = await installedPackage();
    await runProgram('files.mjs', `
      import * as tf from 'tfjs-cpp';
      ${buildModel}
      const saved = await model.save('file://path/to/my-model');
      if (saved.modelArtifactsInfo.weightDataBytes !== 32) throw new Error('weightDataBytes');
      {
        const model = await tf.loadLayersModel('file://path/to/my-model/model.json');
        const [sum] = await model.predict(x).data();
        if (sum !== 6) throw new Error('relative path: ' + sum);
      }
      await model.save('file://' + process.cwd() + '/absolute');
      {
        const at = 'file://' + process.cwd() + '/absolute/model.json';
        const [sum] = await (await tf.loadLayersModel(at)).predict(x).data();
        if (sum !== 6) throw new Error('absolute path: ' + sum);
      }
    `);
    for (const folder of ['path/to/my-model', 'absolute']) {
      const files = allFiles(join(project, folder)).sort();
      checkSame(files, ['model.json', 'model.weights.bin'], `the files of ${folder}`);
    }
  }, inNode);

  test('Node says what only pages have', async () => {
    await runProgram('pages.mjs', `
      import * as tf from 'tfjs-cpp';
      ${buildModel}
      for (const url of ['localstorage://m', 'indexeddb://m', 'downloads://m']) {
        const error = await model.save(url).then(() => null, (reason) => reason);
        if (!(error instanceof Error)) throw new Error(url + ' gave ' + error);
      }
    `);
  }, inNode);

  test('A Vite build of it runs in a page', async ({ open, server }) => {
    const project = await installedPackage();
    const site = join(project, 'site');
    mkdirSync(site, { recursive: true });
    writeFileSync(join(site, 'index.html'), `<!doctype html>
      <meta charset="utf-8">
      <link rel="icon" href="data:,">
      <script type="module" src="./main.js"></script>`);
    writeFileSync(join(site, 'main.js'), `
      import * as tf from 'tfjs-cpp';
      ${buildModel}
      await model.save('indexeddb://m');
      const again = await tf.loadLayersModel('indexeddb://m');
      globalThis.prediction = await again.predict(x).array();`);
    const { build } = await import('vite');
    await build({ root: site, base: '/built/', configFile: false, logLevel: 'error' });
    const output = join(site, 'dist');
    check(allFiles(output).some((file) => file.endsWith('.wasm')), 'the build has no .wasm');
    server.mount('/built/', output);
    const page = await open('/built/index.html', { libraries: false });
    await page.waitForFunction(() => globalThis.prediction !== undefined, { timeout: 30_000 });
    checkSame(await page.evaluate(() => globalThis.prediction), [[6, 6]], 'the prediction');
  }, { in: ['chromium'], timeoutMs: 180_000 });
});
