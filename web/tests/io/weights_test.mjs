// Tensors to bytes and back.
import { beforeEach, test } from 'node:test';
import { decodeWeights, decodeWeightsStream, encodeWeights, setTensorFactory }
  from '../../src/io/weights.js';
import { loadWeights, weightsLoaderFactory } from '../../src/io/weights_loader.js';
import { assert, failure, serve } from './support.mjs';

class FakeTensor {
  constructor(values, shape, dtype) {
    Object.assign(this, { values, shape, dtype });
  }

  async data() {
    return this.values;
  }
}

const text = (bytes) => new TextDecoder().decode(bytes);
const f32 = (...values) => new Float32Array(values);

beforeEach(() => setTensorFactory({ tensor: (...args) => new FakeTensor(...args) }));

test('every dtype goes to bytes and back', async () => {
  const tensors = {
    f: new FakeTensor(f32(1, -2, NaN), [3], 'float32'),
    b: new FakeTensor(new Uint8Array([1, 0, 1]), [3, 1], 'bool'), // what follows is not aligned
    i: new FakeTensor(new Int32Array([-7]), [], 'int32'),
    c: new FakeTensor(f32(1, 2, 3, 4), [2], 'complex64'),
    s: new FakeTensor(['ä', '', 'xyz'], [3], 'string'),
    empty: new FakeTensor(f32(), [0, 5], 'float32'),
  };
  const { data, specs } = await encodeWeights(tensors);
  assert.equal(data.byteLength, 12 + 3 + 4 + 16 + (4 + 2 + 4 + 4 + 3));
  assert.deepEqual(specs[1], { name: 'b', shape: [3, 1], dtype: 'bool' });
  const found = decodeWeights(data, specs);
  assert.deepEqual(Object.keys(found), Object.keys(tensors));
  for (const name of ['f', 'b', 'i', 'c', 'empty']) {
    assert.deepEqual(found[name], tensors[name]);
  }
  assert.deepEqual(found.s.values.map(text), ['ä', '', 'xyz']);
});

test('encodeWeights takes a list, and names the group', async () => {
  const tensor = new FakeTensor(f32(1), [1], 'float32');
  const { specs } = await encodeWeights([{ name: 'b', tensor }, { name: 'a', tensor }], 'optimizer');
  assert.deepEqual(specs.map((spec) => [spec.name, spec.group]), [['b', 'optimizer'], ['a', 'optimizer']]);
});

test('encodeWeights takes only the bytes of a view', async () => {
  const values = f32(9, 1, 2, 9).subarray(1, 3);
  const { data } = await encodeWeights({ a: new FakeTensor(values, [2], 'float32') });
  assert.deepEqual(new Float32Array(data), f32(1, 2));
});

test('encodeWeights prefers the bytes that a tensor gives of its strings', async () => {
  const tensor = { dtype: 'string', shape: [1], bytes: async () => [new Uint8Array([0xff])] };
  assert.deepEqual([...new Uint8Array((await encodeWeights({ s: tensor })).data)], [1, 0, 0, 0, 0xff]);
});

test('encodeWeights refuses other dtypes', () =>
  failure(encodeWeights({ x: new FakeTensor([], [], 'int16') }), /Unsupported dtype in weight 'x': int16/));

test('weights may lie across several buffers', () => {
  const bytes = new Uint8Array(f32(1, 2, 3).buffer);
  const found = decodeWeights([bytes.slice(0, 5).buffer, bytes.slice(5).buffer],
    [{ name: 'a', shape: [1], dtype: 'float32' }, { name: 'b', shape: [2], dtype: 'float32' }]);
  assert.deepEqual([found.a.values, found.b.values], [f32(1), f32(2, 3)]);
});

test('uint8 and uint16 codes are computed in double and stored as float32', () => {
  const scale = 0.1;
  const min = -3.3;
  const codes = [0, 1, 77, 255];
  const spec = (dtype) => [{ name: 'q', shape: [4], dtype: 'float32', quantization: { dtype, scale, min } }];
  const expected = Float32Array.from(codes, (code) => code * scale + min);
  assert.deepEqual(decodeWeights(new Uint8Array(codes).buffer, spec('uint8')).q.values, expected);
  assert.deepEqual(decodeWeights(new Uint16Array(codes).buffer, spec('uint16')).q.values, expected);
});

test('codes of int32 weights are rounded half up', () => {
  const spec = [{ name: 'q', shape: [4], dtype: 'int32', quantization: { dtype: 'uint8', scale: 0.5, min: -1.5 } }];
  assert.deepEqual(decodeWeights(new Uint8Array([0, 1, 2, 4]).buffer, spec).q.values,
    new Int32Array([-1, -1, 0, 1]));
  const large = [{ ...spec[0], quantization: { dtype: 'uint8', scale: 1e9, min: 0 } }];
  assert.throws(() => decodeWeights(new Uint8Array([0, 1, 2, 4]).buffer, large), /4000000000, which no int32/);
});

test('halves become the floats they mean', () => {
  const halves = new Uint16Array([0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x8000, 0x7e01]);
  const spec = [{ name: 'h', shape: [10], dtype: 'float32', quantization: { dtype: 'float16' } }];
  const { values } = decodeWeights(halves.buffer, spec).h;
  assert.deepEqual([...values.subarray(0, 9)],
    [1, -2, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, Infinity, -Infinity, -0]);
  assert.equal(new Uint32Array(values.buffer)[9], 0x7fc02000);
});

test('uint16 codes need not be aligned', () => {
  const specs = [{ name: 'b', shape: [1], dtype: 'bool' },
    { name: 'q', shape: [1], dtype: 'float32', quantization: { dtype: 'uint16', scale: 1, min: 0 } }];
  assert.deepEqual(decodeWeights(new Uint8Array([5, 2, 1]).buffer, specs).q.values, f32(258));
});

test('any true byte is a 1', () => {
  const found = decodeWeights(new Uint8Array([0, 1, 7]).buffer, [{ name: 'b', shape: [3], dtype: 'bool' }]);
  assert.deepEqual([...found.b.values], [0, 1, 1]);
});

test('too few bytes are an error that names the weight', () =>
  failure(() => decodeWeights(new ArrayBuffer(8), [{ name: 'a', shape: [1], dtype: 'float32' },
    { name: 'dense/kernel', shape: [784, 512], dtype: 'float32' }]),
  /weight 'dense\/kernel' \[784, 512\] float32 needs 1605632 bytes at offset 4, but the file has 8 \(inter/));

test('a string that ends too early is an error that names the element', () =>
  failure(() => decodeWeights(new Uint8Array([1, 0, 0, 0, 65, 9, 0, 0, 0, 65]).buffer,
    [{ name: 's', shape: [2], dtype: 'string' }]), /element 1 needs 9 bytes at offset 9, but the data ends at 10/));

test('decodeWeightsStream reads a stream to its end', async () => {
  const bytes = new Uint8Array(f32(4, 5).buffer);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, 3).buffer);
      controller.enqueue(bytes.slice(3));
      controller.close();
    },
  });
  const found = await decodeWeightsStream(stream, [{ name: 'a', shape: [2], dtype: 'float32' }]);
  assert.deepEqual(found.a.values, f32(4, 5));
});

test('without tensors decodeWeights says what is missing', () => {
  setTensorFactory(null);
  return failure(() => decodeWeights(new ArrayBuffer(4), [{ name: 'a', shape: [1], dtype: 'float32' }]),
    /setTensorFactory/);
});

const manifest = [
  { paths: ['w0', 'w1'], weights: [{ name: 'a', dtype: 'string', shape: [1] }, { name: 'b', dtype: 'float32', shape: [2] }] },
  { paths: ['w2'], weights: [{ name: 'c', dtype: 'int32', shape: [1] }] },
];
const stringThenFloats = Buffer.concat([Buffer.from([2, 0, 0, 0, 65, 66]), Buffer.from(f32(1, 2).buffer)]);
const weightFiles = {
  w0: stringThenFloats.subarray(0, 7),
  w1: stringThenFloats.subarray(7),
  w2: Buffer.from([3, 0, 0, 0]),
};

test('loadWeights fetches the groups of the weights wanted, strings counted', async (t) => {
  const { url, requests } = await serve(t, weightFiles);
  const found = await loadWeights(manifest, url, ['b']);
  assert.deepEqual(Object.keys(found), ['b']);
  assert.deepEqual(found.b.values, f32(1, 2));
  assert.deepEqual(requests.map((request) => request.url).sort(), ['/w0', '/w1']);
  assert.deepEqual(Object.keys(await loadWeights(manifest, `${url}/`)), ['a', 'b', 'c']);
});

test('loadWeights names what it cannot find or fetch', async (t) => {
  const { url } = await serve(t, { w2: weightFiles.w2 });
  await failure(loadWeights(manifest, url, ['b', 'd']), /Could not find weights .*: d\. .*names: a, b, c/);
  await failure(loadWeights(manifest, url), /\/w[01]: the server answered with status 404/);
});

test('weightsLoaderFactory gives URLs to any function', async () => {
  const load = weightsLoaderFactory(async (urls) => urls.map((url) =>
    new Uint8Array(weightFiles[url.replace('p/', '')]).buffer));
  assert.deepEqual((await load(manifest, 'p', ['c'])).c.values, new Int32Array([3]));
  await failure(load([{ paths: ['../x'], weights: manifest[1].weights }]), /leaves the model's folder/);
});
