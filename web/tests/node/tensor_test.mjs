// tf.tensor() and its kin beside stock TensorFlow.js: the same values, shapes, dtypes and texts, and
// an error where stock would take values that do not fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stockTensorFlow, thePackage } from './stock.mjs';

const stock = stockTensorFlow();
const tf = await thePackage();

function seen(tensor) {
  // Where an axis but the last has one element, stock's text has stray blanks and commas.
  const isPlain = tensor.shape.slice(0, -1).every((length) => length > 1);
  return {
    shape: [...tensor.shape],
    dtype: tensor.dtype,
    rank: tensor.rank,
    rankType: tensor.rankType,
    size: tensor.size,
    strides: tensor.strides,
    values: [...tensor.dataSync()],
    array: tensor.arraySync(),
    text: isPlain && tensor.toString(),
    verbose: isPlain && tensor.toString(true),
  };
}

const alike = {
  'numbers are float32': (from) => from.tensor([1, 2.5, -3]),
  'nested numbers': (from) => from.tensor([[1, 2], [3, 4]]),
  'flat numbers with a shape': (from) => from.tensor([1, 2, 3, 4], [2, 2]),
  booleans: (from) => from.tensor([true, false]),
  'nested booleans': (from) => from.tensor([[true], [false]]),
  texts: (from) => from.tensor(['a', 'bb']),
  'nested texts': (from) => from.tensor([['a', 'bb'], ['c', 'd']]),
  'a number': (from) => from.scalar(3),
  'a text': (from) => from.scalar('x'),
  'a boolean': (from) => from.scalar(true),
  'int32 cuts fractions': (from) => from.tensor([1.7, -2.9], [2], 'int32'),
  'int32 has no NaN': (from) => from.tensor([NaN, Infinity, 2 ** 40], [3], 'int32'),
  'bool of numbers': (from) => from.tensor([2, 0], [2], 'bool'),
  'float32 of booleans': (from) => from.tensor([true, false], [2], 'float32'),
  'Float32Array is float32': (from) => from.tensor(new Float32Array([1, 2])),
  'Int32Array is int32': (from) => from.tensor(new Int32Array([1, 2])),
  'Uint8Array is int32': (from) => from.tensor(new Uint8Array([1, 200])),
  'Uint8ClampedArray is int32': (from) => from.tensor(new Uint8ClampedArray([1, 2])),
  'a list of typed arrays': (from) => from.tensor([new Float32Array([1, 2]), new Float32Array([3, 4])]),
  nothing: (from) => from.tensor([]),
  'no int32': (from) => from.tensor([], [0], 'int32'),
  tensor1d: (from) => from.tensor1d([1, 2]),
  tensor2d: (from) => from.tensor2d([1, 2, 3, 4], [2, 2], 'int32'),
  tensor3d: (from) => from.tensor3d([[[1], [2]], [[3], [4]]]),
  tensor4d: (from) => from.tensor4d([1, 2, 3, 4], [2, 1, 1, 2]),
  tensor5d: (from) => from.tensor5d([1, 2], [2, 1, 1, 1, 1]),
  tensor6d: (from) => from.tensor6d([1, 2], [2, 1, 1, 1, 1, 1]),
  zeros: (from) => from.zeros([2, 2]),
  'zeros of a scalar': (from) => from.zeros([]),
  'zeros of bool': (from) => from.zeros([2], 'bool'),
  ones: (from) => from.ones([2], 'int32'),
  fill: (from) => from.fill([2, 2], 3),
  'fill with texts': (from) => from.fill([2], 'a'),
  onesLike: (from) => from.onesLike(from.tensor([3, 4], [2], 'int32')),
  zerosLike: (from) => from.zerosLike(from.tensor([[3, 4], [5, 6]])),
  complex: (from) => from.complex([1, 2], [3, 4]),
  'complex of two axes': (from) => from.complex(from.ones([2, 2]), from.zeros([2, 2])),
  reshape: (from) => from.tensor([1, 2, 3, 4]).reshape([2, -1]),
  flatten: (from) => from.tensor([[1, 2]]).flatten(),
  as1D: (from) => from.tensor([[1, 2]]).as1D(),
  as2D: (from) => from.tensor([1, 2]).as2D(2, 1),
  as4D: (from) => from.tensor([1, 2]).as4D(2, 1, 1, 1),
  asScalar: (from) => from.tensor([7]).asScalar(),
  'expandDims at the end': (from) => from.tensor([1, 2]).expandDims(-1),
  'expandDims before the last': (from) => from.tensor([[1, 2], [3, 4]]).expandDims(-2),
  squeeze: (from) => from.tensor([[[1], [2]]]).squeeze(),
  'squeeze of one axis': (from) => from.tensor([[[1], [2]]]).squeeze([0]),
  'squeeze from the end': (from) => from.tensor([[1], [2]]).squeeze([-1]),
  toInt: (from) => from.tensor([2.7, -1.5]).toInt(),
  toBool: (from) => from.tensor([2, 0]).toBool(),
  cast: (from) => from.tensor([2, 0], [2], 'int32').cast('float32'),
  clone: (from) => from.tensor([1]).clone(),
  'small and large numbers': (from) => from.tensor([1 / 3, 1e-9, 123456789, 1e20]),
  'no numbers': (from) => from.tensor([NaN, Infinity, -Infinity, -0]),
  'three axes': (from) => from.tensor([[[1, 2], [3, 4]], [[5, 6], [70, 8]]]),
  'four axes': (from) => from.ones([2, 2, 2, 2]),
  'a long row': (from) => from.tensor(Array.from({ length: 25 }, (_, i) => i)),
  'long rows': (from) => from.zeros([3, 25]),
  'many rows': (from) => from.ones([30, 2]),
};
for (const [what, make] of Object.entries(alike)) {
  test(`As stock: ${what}`, () => {
    assert.deepEqual(seen(make(tf)), seen(make(stock)));
  });
}

const mistakes = {
  'null': [() => tf.tensor(null), 'The input to the tensor constructor must be a non-null value.'],
  'undefined of one axis': [() => tf.tensor1d(), 'The input to the tensor constructor must be a non-null value.'],
  'null of two axes': [() => tf.tensor2d(null), 'The input to the tensor constructor must be a non-null value.'],
  'rows of two lengths': [() => tf.tensor([[1, 2], [3]]), 'element[1] should have 2 elements, but has 1 elements'],
  'a number among rows': [() => tf.tensor([[1], 2]), 'element[1] should be an array of 1 elements, but is a primitive'],
  'a row among numbers': [() => tf.tensor([1, [2]]), 'element[1] should be a primitive, but is an array of 1 elements'],
  'too few values': [() => tf.tensor([1, 2, 3], [2, 2]), 'A tensor of shape [2,2] has 4 elements, but 3 were given'],
  'another shape than that of the values': [() => tf.tensor([[1, 2, 3]], [3, 1]), 'Error creating a new Tensor. Inferred shape (1,3) does not match the provided shape (3,1).'],
  'a negative length': [() => tf.tensor([1], [-1]), 'Expected a shape of integers that are 0 or more, but got [-1]'],
  'a length of 1.5': [() => tf.zeros([1.5]), 'Expected a shape of integers that are 0 or more, but got [1.5]'],
  'an unknown dtype': [() => tf.tensor([1], [1], 'float64'), "Unknown dtype 'float64'; expected one of float32, int32, bool, complex64, string"],
  'complex64 of numbers': [() => tf.tensor([1], [1], 'complex64'), 'Cannot construct a complex64 tensor directly. Please use tf.complex(real, imag).'],
  'complex of two shapes': [() => tf.complex([1, 2], [3]), 'complex: real has shape [2], but imag [1]'],
  'a number among texts': [() => tf.tensor(['a', 1]), 'A tensor of dtype string cannot hold 1'],
  'a text among numbers': [() => tf.tensor([1, 'a']), 'A tensor of dtype float32 cannot hold "a"'],
  'null among numbers': [() => tf.tensor([null, 1]), 'A tensor of dtype float32 cannot hold null'],
  'an object': [() => tf.tensor({}), 'A tensor of dtype float32 cannot hold {}'],
  'nested values of one axis': [() => tf.tensor1d([[1]]), 'tensor1d() requires values to be flat'],
  'flat values of two axes': [() => tf.tensor2d([1, 2]), 'tensor2d() requires shape to be provided when values are flat'],
  'three axes of two': [() => tf.tensor2d([[[1]]]), 'tensor2d() requires values to be number[][] or flat'],
  'a shape of three for two axes': [() => tf.tensor2d([1], [1, 1, 1]), 'tensor2d() requires shape to have 2 numbers, got [1,1,1]'],
  'a list as scalar': [() => tf.scalar([1]), 'scalar() requires a single value, but got a list'],
  'reshape to another size': [() => tf.ones([3]).reshape([2, 2]), 'Cannot reshape [3] (3 elements) to [2,2]'],
  'reshape with two unknowns': [() => tf.ones([4]).reshape([-1, -1]), 'Cannot reshape [4] (4 elements) to [-1,-1]'],
  'asScalar of two': [() => tf.ones([2]).asScalar(), 'Cannot reshape [2] (2 elements) to []'],
  'expandDims too far': [() => tf.ones([2]).expandDims(5), 'expandDims: axis must be from -2 to 1 for the shape [2], but is 5'],
  'squeeze of a long axis': [() => tf.ones([1, 2]).squeeze([1]), 'squeeze: axis 1 of the shape [1,2] should have length 1, but has 2'],
  'squeeze of no axis': [() => tf.ones([1]).squeeze([3]), 'squeeze: axis 3 of the shape [1] should have length 1, but has none'],
  'a text as number': [() => tf.tensor(['1']).toInt(), 'Cannot cast a tensor from string to int32'],
  'a disposed tensor': [() => {
    const tensor = tf.scalar(1);
    tensor.dispose();
    tensor.dataSync();
  }, 'Tensor is disposed.'],
};
for (const [what, [work, message]] of Object.entries(mistakes)) {
  test(`Says what is wrong: ${what}`, () => {
    assert.throws(work, { message });
  });
}

test('A tensor is not changed by changes of what it was made of, nor of what it gave', () => {
  const values = new Float32Array([1, 2]);
  const tensor = tf.tensor(values);
  values[0] = 9;
  tensor.dataSync()[1] = 9;
  assert.deepEqual(tensor.arraySync(), [1, 2]);
  assert.throws(() => { tensor.shape[0] = 1; }, TypeError);
});

test('Promises give what the plain calls give', async () => {
  const tensor = tf.tensor2d([[1, 2]], [1, 2], 'int32');
  assert.deepEqual(await tensor.data(), tensor.dataSync());
  assert.deepEqual(await tensor.array(), tensor.arraySync());
  assert.deepEqual(await tensor.bytes(), new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0]));
  const texts = await tf.tensor(['é', '']).bytes();
  assert.deepEqual(texts, [new Uint8Array([0xc3, 0xa9]), new Uint8Array()]);
});

test('Axes of one element have brackets like others', () => {
  assert.equal(tf.ones([1, 2]).toString(), 'Tensor\n    [[1, 1]]');
  assert.equal(tf.ones([1, 1, 1]).toString(), 'Tensor\n    [[[1]]]');
  assert.equal(tf.ones([2, 1, 2]).toString(), 'Tensor\n    [[[1, 1]],\n\n     [[1, 1]]]');
});

test('print logs the text', (t) => {
  const log = t.mock.method(console, 'log', () => {});
  tf.tensor([1, 2]).print();
  assert.deepEqual(log.mock.calls[0].arguments, ['Tensor\n    [1, 2]']);
});

test('Random numbers are spread as asked for', () => {
  const even = tf.randomUniform([1000], -2, 3).dataSync();
  assert.ok(even.every((value) => value >= -2 && value < 3));
  assert.ok(Math.max(...even) > 2 && Math.min(...even) < -1);
  const normal = tf.randomNormal([4000], 5, 2).dataSync();
  const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
  const deviation = Math.sqrt(normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length);
  assert.ok(Math.abs(mean - 5) < 0.25, `mean ${mean}`);
  assert.ok(Math.abs(deviation - 2) < 0.2, `deviation ${deviation}`);
  assert.equal(tf.randomUniform([3], 0, 100, 'int32').dtype, 'int32');
});

test('tidy, keep, dispose, nextFrame and the rest do what pages call them for', async () => {
  const kept = tf.tidy(() => tf.keep(tf.scalar(1)));
  assert.equal(kept.dataSync()[0], 1);
  assert.equal(tf.tidy('named', () => 2), 2);
  const held = { a: tf.scalar(1), b: [tf.scalar(2)] };
  tf.dispose(held);
  assert.ok(held.a.isDisposed && held.b[0].isDisposed);
  await tf.nextFrame();
  await tf.ready();
  assert.equal(tf.getBackend(), 'wasm');
  assert.equal(await tf.setBackend('webgl'), false);
  assert.match(tf.version['tfjs-cpp'], /^\d+\.\d+\.\d+/);
});
