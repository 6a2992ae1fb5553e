// The cases of tests/fixtures/zoo inside of a page: read over http, run by a library, compared with
// the outputs of stock TensorFlow.js. Imported by the page; see tests/zoo.h for the native twin.

import { check } from './in_page.js';
import { parseNpy } from './npy.js';

const zoo = '/tests/fixtures/zoo';

async function bytesOf(path) {
  const response = await fetch(`${zoo}/${path}`);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response.arrayBuffer();
}

async function caseOf(name) {
  return JSON.parse(new TextDecoder().decode(await bytesOf(`${name}/case.json`)));
}

/** The tensor of a file, or of the texts that the case gives. */
async function golden(name, { file, values_utf8: texts, name: called }) {
  const read = file
    ? parseNpy(await bytesOf(`${name}/${file}`))
    : { dtype: 'string', shape: [texts.length], values: texts };
  return { ...read, name: called };
}

const all = (name, entries) => Promise.all(entries.map((entry) => golden(name, entry)));

/** Throws unless `tensor` is the wanted one, within atol + rtol * |wanted|. */
export async function checkGolden(tensor, wanted, { atol, rtol }, what) {
  const spec = ({ dtype, shape }) => `${dtype} [${shape}]`;
  check(spec(tensor) === spec(wanted), `${what}: expected ${spec(wanted)}, got ${spec(tensor)}`);
  const got = await tensor.data();
  const exact = wanted.dtype !== 'float32';
  for (let i = 0; i < wanted.values.length; ++i) {
    const [a, b] = [got[i], wanted.values[i]];
    if (Object.is(a, b) || a === b) continue;
    const near = !exact && Math.abs(a - b) <= atol + rtol * Math.abs(b);
    check(near, `${what}: element ${i}: expected ${b}, got ${a}`);
  }
}

const load = (lib, name, about) =>
  lib.loadLayersModel(`${zoo}/${name}/model.json`, { strict: about.loadOptions?.strict ?? true });

/** Loads a model and compares what it predicts, and what its copy does after being saved. */
export async function checkModel(lib, name) {
  const about = await caseOf(name);
  const given = await all(name, about.inputs);
  const isTrained = about.kind === 'train';
  const wanted = isTrained ? await afterFirstPhase(name) : await all(name, about.outputs);
  const inputs = given.map(({ values, shape, dtype }) => lib.tensor(values, shape, dtype));
  // In a stateful case each output is of one call, and the state of the first begins the second.
  const calls = about.predict_calls ? wanted.map((output) => [output]) : [wanted];
  const predicts = async (model, which) => {
    for (const outputs of calls) {
      const result = [model.predict(inputs.length === 1 ? inputs[0] : inputs)].flat();
      check(result.length === outputs.length, `${which}: ${result.length} outputs`);
      for (let i = 0; i < outputs.length; ++i) {
        await checkGolden(result[i], outputs[i], about, `${which}, output ${i}`);
      }
    }
  };
  const model = await load(lib, name, about);
  await predicts(model, 'loaded');
  let artifacts;
  await model.save(
    lib.io.withSaveHandler(async (kept) => {
      artifacts = kept;
      return { modelArtifactsInfo: lib.io.getModelArtifactsInfoForJSON(kept) };
    }),
  );
  await predicts(await lib.loadLayersModel(lib.io.fromMemory(artifacts)), 'saved and loaded again');
}

/** What a model of a training case predicts as it was saved: pred1_0.npy, pred1_1.npy, ... */
async function afterFirstPhase(name) {
  const about = await caseOf(name);
  return all(name, about.outputs.map((output, i) => ({ ...output, file: `pred1_${i}.npy` })));
}

/** Loads a file that may be faulty: it works, or the error names it. */
export async function checkFile(lib, name) {
  const about = await caseOf(name);
  let model;
  try {
    model = await load(lib, name, about);
  } catch (error) {
    check(about.expect === 'error', `it should load, but: ${error.message}`);
    check(error instanceof Error, `${error} is no Error`);
    const folder = name.slice('io/'.length);
    check(error.message.includes(folder), `the error does not name the file: ${error.message}`);
    check(!error.message.includes('\n'), `the error has several lines: ${error.message}`);
    return;
  }
  check(about.expect === 'ok', `it loaded, but should be refused: ${about.description}`);
  if (!about.outputs) return;
  const given = await all(name, about.inputs);
  const inputs = given.map(({ values, shape, dtype }) => lib.tensor(values, shape, dtype));
  const result = [model.predict(inputs.length === 1 ? inputs[0] : inputs)].flat();
  const wanted = await all(name, about.outputs);
  for (let i = 0; i < wanted.length; ++i) {
    await checkGolden(result[i], wanted[i], about, `output ${i}`);
  }
}

/** Decodes the weights of a file, or sees them refused. */
export async function checkWeights(lib, name) {
  const about = await caseOf(name);
  let decoded;
  try {
    const { weightData, weightSpecs } = await lib.io.http(`${zoo}/${name}/model.json`).load();
    decoded = await lib.io.decodeWeights(weightData, weightSpecs);
  } catch (error) {
    check(about.expect === 'error', `it should decode, but: ${error.message}`);
    return;
  }
  check(about.expect === 'ok', `it was decoded, but should be refused: ${about.description}`);
  const wanted = await all(name, about.weights);
  check(Object.keys(decoded).join() === wanted.map((each) => each.name).join(), 'names differ');
  for (const each of wanted) {
    await checkGolden(decoded[each.name], each, { atol: 1e-6, rtol: 1e-5 }, each.name);
  }
}
