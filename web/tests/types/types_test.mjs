// The types of the package (index.d.ts, types/) against what they are to describe: sample.ts, which
// uses everything, compiles strictly and then does what it says; misuse.ts does not compile where it
// must not; and every export and every member of a class is in the types, and the other way round.
//
//   node types_test.mjs        exit code 77 when TypeScript is not installed

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const web = join(here, '../..');
for (const [file, what] of [
  ['tests/node_modules/typescript', "run 'npm ci' in web/tests first"],
  ['dist/tfjs.wasm', 'build web/dist/tfjs.wasm first'],
]) {
  if (existsSync(join(web, file))) continue;
  console.log(`skipped: ${what}`);
  process.exit(77);
}
const { default: ts } = await import('typescript');
const tf = await import('../../src/index.js');

const { config } = ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(
  config, ts.sys, here, undefined, join(here, 'tsconfig.json'));

function problemsOf(program) {
  return ts.getPreEmitDiagnostics(program).map((problem) => {
    const text = ts.flattenDiagnosticMessageText(problem.messageText, '\n');
    if (!problem.file) return text;
    const { line } = problem.file.getLineAndCharacterOfPosition(problem.start);
    return `${problem.file.fileName}:${line + 1}: ${text}`;
  });
}

const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

test('A program that uses everything compiles, and one that misuses it does not', () => {
  assert.deepEqual(problemsOf(program), []);
});

test('The types need no page: a worker has them too', () => {
  const inWorker = { ...options, lib: ['lib.es2022.d.ts', 'lib.webworker.d.ts'] };
  assert.deepEqual(problemsOf(ts.createProgram([join(here, 'sample.ts')], inWorker)), []);
});

test('What the sample says is so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-types-'));
  try {
    const text = readFileSync(join(here, 'sample.ts'), 'utf8');
    const url = pathToFileURL(join(web, 'src/index.js')).href;
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
    });
    const sample = join(folder, 'sample.mjs');
    writeFileSync(sample, outputText.replace("'tfjs-cpp'", JSON.stringify(url)));
    globalThis.folder = join(folder, 'model');
    await import(pathToFileURL(sample).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The names of values that a module or namespace exports, each with its symbol. */
function declaredExports(symbol) {
  return new Map(checker.getExportsOfModule(symbol)
    .map((each) => [each.name, each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each])
    .filter(([, each]) => each.flags & ts.SymbolFlags.Value));
}

const index = checker.getSymbolAtLocation(program.getSourceFile(join(web, 'index.d.ts')));
const namespaces = Object.keys(tf).filter((name) => types.isModuleNamespaceObject(tf[name]));

test('Every export is in the types, and the other way round', () => {
  const declared = declaredExports(index);
  assert.deepEqual([...declared.keys()].sort(), Object.keys(tf).sort());
  assert.deepEqual(namespaces.sort(),
    ['constraints', 'initializers', 'io', 'layers', 'models', 'regularizers', 'wasm']);
  for (const name of namespaces) {
    const inside = [...declaredExports(declared.get(name)).keys()];
    assert.deepEqual(inside.sort(), Object.keys(tf[name]).sort(), `tf.${name}`);
  }
});

/** Members that the package uses itself. */
const internal = new Set(['constructor', 'number', 'settle', 'described', 'addToCore']);

function membersOf(object) {
  const names = new Set(Object.getOwnPropertyNames(object));
  for (let from = Object.getPrototypeOf(object); from !== Object.prototype; from = Object.getPrototypeOf(from)) {
    Object.getOwnPropertyNames(from).forEach((name) => names.add(name));
  }
  return [...names].filter((name) => !internal.has(name)).sort();
}

test('Every member of a class is in the types, and the other way round', () => {
  const layers = declaredExports(declaredExports(index).get('layers'));
  const io = declaredExports(declaredExports(index).get('io'));
  const all = declaredExports(index);
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  const objects = [
    [all.get('Tensor'), tf.scalar(1)], [all.get('SymbolicTensor'), tf.input({ shape: [1] })],
    [layers.get('Layer'), model.layers[0]], [all.get('Sequential'), model],
    [all.get('LayersModel'), tf.model({ inputs: model.inputs, outputs: model.outputs })],
    [io.get('CompositeArrayBuffer'), new tf.io.CompositeArrayBuffer()],
  ];
  for (const [symbol, object] of objects) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const declared = checker.getPropertiesOfType(type).map((member) => member.name).sort();
    assert.deepEqual(declared, membersOf(object), symbol.name);
  }
});

test('Every file of types is part of the package', () => {
  const about = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
  assert.ok(about.files.includes('index.d.ts') && about.files.includes('types'), `files: ${about.files}`);
  assert.equal(about.types, './index.d.ts');
  assert.equal(about.exports['.'].types, about.types);
});
