// What the cases use inside of a page: checks, and models made by either library. Imported by the
// page, where its exports become globals; the checks are for Node as well.

/** Throws unless `condition` holds. */
export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Throws unless both are the same as JSON; shows them from where they part. */
export function checkSame(got, wanted, what) {
  const [a, b] = [JSON.stringify(got) ?? 'undefined', JSON.stringify(wanted) ?? 'undefined'];
  if (a === b) return;
  let same = 0;
  while (a[same] === b[same]) ++same;
  const from = same > 60 ? same - 40 : 0;
  const shown = (text) => (from > 0 ? '...' : '') + text.slice(from, from + 200);
  throw new Error(`${what}: expected ${shown(b)}, got ${shown(a)}`);
}

/** Throws unless every number is near the wanted one. */
export function checkNear(got, wanted, what, tolerance = 1e-5) {
  check(got.length === wanted.length, `${what}: ${got.length} numbers, not ${wanted.length}`);
  for (let i = 0; i < wanted.length; ++i) {
    const near = Math.abs(got[i] - wanted[i]) <= tolerance * (1 + Math.abs(wanted[i]));
    check(near, `${what}: element ${i}: expected ${wanted[i]}, got ${got[i]}`);
  }
}

/** The message of the error that `promise` must end with. */
export async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    check(error instanceof Error, `${String(error)} is thrown, which is no Error`);
    return error.message;
  }
  throw new Error(`an error was expected, but it gave ${JSON.stringify(value)}`);
}

/** Numbers between -1 and 1, the same in every run. */
export function numbers(count, seed = 1) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** A small network of `lib` with weights of its own: relu 8 -> 16 -> softmax 3. */
export function smallModel(lib, seed = 1) {
  const model = lib.sequential({ name: 'small' });
  model.add(lib.layers.dense({ units: 16, activation: 'relu', inputShape: [8] }));
  model.add(lib.layers.dense({ units: 3, activation: 'softmax' }));
  const weights = model.getWeights();
  model.setWeights(
    weights.map((weight, i) => lib.tensor(numbers(weight.size, seed + i), weight.shape)),
  );
  return model;
}

/** One big layer, `bytes` of weights (a multiple of 4096). */
export function bigModel(lib, bytes, value = 0.5) {
  const units = bytes / 4 / 1024;
  const model = lib.sequential({ name: 'big' });
  model.add(lib.layers.dense({ units, useBias: false, inputShape: [1024] }));
  const data = new Float32Array(1024 * units).fill(value);
  model.setWeights([lib.tensor(data, [1024, units])]);
  return model;
}

/** The prediction of `lib`'s model for the same input every time. */
export async function predictionOf(lib, model) {
  const x = lib.tensor(numbers(4 * 8, 7), [4, 8]);
  return Array.from(await model.predict(x).data());
}

/** What the localStorage of the page holds, in the order of its keys. */
export const localStorageTexts = () =>
  Object.fromEntries(Object.entries(localStorage).sort(([a], [b]) => (a < b ? -1 : 1)));
