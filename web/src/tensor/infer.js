// What tf.tensor() reads off its values: shape, dtype, and the flat array.

const ARRAY_TYPES = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  complex64: Float32Array,
};

/** The array type that holds elements of `dtype`; plain arrays hold strings. */
export function arrayTypeOf(dtype) {
  const type = dtype === 'string' ? Array : ARRAY_TYPES[dtype];
  if (type === undefined) {
    const known = [...Object.keys(ARRAY_TYPES), 'string'].join(', ');
    throw new Error(`Unknown dtype '${dtype}'; expected one of ${known}`);
  }
  return type;
}

export function sizeOf(shape) {
  return shape.reduce((size, dim) => size * dim, 1);
}

export function checkShape(shape) {
  if (!Array.isArray(shape) || !shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new Error(
      `Expected a shape of integers that are 0 or more, but got ${JSON.stringify(shape)}`,
    );
  }
  return shape;
}

const isFlat = (values) => ArrayBuffer.isView(values);

/** The shape of nested arrays. Errors when rows differ in length. */
export function inferShape(values) {
  const shape = [];
  for (let level = values; Array.isArray(level) || isFlat(level); level = level[0]) {
    shape.push(level.length);
    if (isFlat(level) || level.length === 0) break;
  }
  check(values, shape, []);
  return shape;
}

function check(values, shape, at) {
  const isList = Array.isArray(values) || isFlat(values);
  const where = at.length === 0 ? 'the values' : `element[${at.join('][')}]`;
  if (!isList) {
    if (shape.length === 0) return;
    throw new Error(`${where} should be an array of ${shape[0]} elements, but is a primitive`);
  }
  if (shape.length === 0) {
    throw new Error(`${where} should be a primitive, but is an array of ${values.length} elements`);
  }
  if (values.length !== shape[0]) {
    throw new Error(
      `${where} should have ${shape[0]} elements, but has ${values.length} elements`,
    );
  }
  if (!isFlat(values)) values.forEach((value, i) => check(value, shape.slice(1), [...at, i]));
}

export function inferDtype(values) {
  if (values instanceof Float32Array || values instanceof Float64Array) return 'float32';
  if (isFlat(values)) return 'int32';
  let first = values;
  while (Array.isArray(first) || isFlat(first)) {
    if (isFlat(first)) return inferDtype(first);
    first = first[0];
  }
  if (typeof first === 'boolean') return 'bool';
  if (typeof first === 'string') return 'string';
  return 'float32';
}

/** The elements in order, converted to `dtype`. A typed array of the right kind is taken as it is. */
export function flatten(values, dtype) {
  const ArrayType = arrayTypeOf(dtype);
  if (values instanceof ArrayType && ArrayType !== Array) return values;
  const flat = isFlat(values) ? values : Array.isArray(values) ? values.flat(Infinity) : [values];
  const wrong = dtype === 'string' ? 'string' : null;
  for (const value of isFlat(values) ? [] : flat) {
    const isString = typeof value === 'string';
    if (isString !== (wrong === 'string') || (!isString && !isNumeric(value))) {
      throw new Error(`A tensor of dtype ${dtype} cannot hold ${JSON.stringify(value)}`);
    }
  }
  if (dtype === 'bool') return Uint8Array.from(flat, (value) => (value ? 1 : 0));
  // Nested lists may hold typed arrays, which flat() does not enter.
  if (!isFlat(values) && flat.some(isFlat)) {
    return ArrayType.from(flat.flatMap((value) => (isFlat(value) ? [...value] : [value])));
  }
  return ArrayType.from(flat);
}

function isNumeric(value) {
  return typeof value === 'number' || typeof value === 'boolean' || isFlat(value);
}
