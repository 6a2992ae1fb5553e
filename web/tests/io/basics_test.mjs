// Bytes, hashes, paths and the small things that all handlers stand on.
import { test } from 'node:test';
import * as zlib from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { CompositeArrayBuffer, concatenateArrayBuffers, joined }
  from '../../src/io/composite_array_buffer.js';
import { crc32 } from '../../src/io/crc32.js';
import { fromBase64, toBase64 } from '../../src/io/base64.js';
import { plainSha256, sha256Hex } from '../../src/io/sha256.js';
import { checkedWeightPath } from '../../src/io/weight_paths.js';
import { quoted } from '../../src/io/errors.js';
import { ByteProgress } from '../../src/io/progress.js';
import { assert, sha256, withGlobals } from './support.mjs';

const buffer = (...bytes) => new Uint8Array(bytes).buffer;
const numbers = (found) => [...new Uint8Array(found)];

test('CompositeArrayBuffer slices across its buffers, empty ones included', () => {
  const composite = new CompositeArrayBuffer([buffer(0, 1, 2), buffer(), buffer(3), buffer(4, 5)]);
  assert.equal(composite.byteLength, 6);
  for (let start = 0; start <= 6; ++start) {
    for (let end = start; end <= 6; ++end) {
      const expected = [0, 1, 2, 3, 4, 5].slice(start, end);
      assert.deepEqual(numbers(composite.slice(start, end)), expected);
      assert.deepEqual([...composite.view(start, end)], expected);
    }
  }
});

test('CompositeArrayBuffer keeps bounds within what is there', () => {
  const composite = new CompositeArrayBuffer(buffer(1, 2, 3));
  assert.deepEqual(numbers(composite.slice(-4, 2)), [1, 2]);
  assert.deepEqual(numbers(composite.slice(1, 1000)), [2, 3]);
  assert.deepEqual(numbers(composite.slice(NaN, 2)), [1, 2]);
  assert.deepEqual(numbers(composite.slice(0, NaN)), []);
  assert.deepEqual(numbers(composite.slice(2, 1)), []);
});

test('CompositeArrayBuffer takes one buffer, views, or nothing', () => {
  assert.equal(new CompositeArrayBuffer().byteLength, 0);
  assert.deepEqual(numbers(new CompositeArrayBuffer([]).slice()), []);
  assert.deepEqual(numbers(CompositeArrayBuffer.join(undefined)), []);
  const view = new Uint8Array(buffer(9, 1, 2, 9)).subarray(1, 3);
  assert.deepEqual(numbers(CompositeArrayBuffer.join([view, buffer(3)])), [1, 2, 3]);
  assert.throws(() => new CompositeArrayBuffer('abc'), /must be an ArrayBuffer/);
});

test('joining copies, but not for the handlers when there is one buffer already', () => {
  const one = buffer(1, 2);
  assert.notEqual(concatenateArrayBuffers(one), one);
  assert.equal(joined(one), one);
  assert.equal(joined([one]), one);
  assert.deepEqual(numbers(joined([one, one])), [1, 2, 1, 2]);
  assert.deepEqual(numbers(joined(Buffer.from([9, 1, 2]).subarray(1))), [1, 2]);
});

test('crc32 is that of zip archives, also when computed in parts', () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
  const bytes = randomBytes(1003);
  const whole = crc32(bytes);
  assert.equal(crc32(bytes.subarray(17), crc32(bytes.subarray(0, 17))), whole);
  if (zlib.crc32) assert.equal(whole, zlib.crc32(bytes));
});

test('base64 is that of the browser, for any length, without overflowing the stack', () => {
  for (const length of [0, 1, 2, 3, 4, 24575, 24576, 24577, 100000]) {
    const bytes = new Uint8Array(randomBytes(length));
    const text = toBase64(bytes);
    assert.equal(text, Buffer.from(bytes).toString('base64'));
    assert.deepEqual(Buffer.from(fromBase64(text)), Buffer.from(bytes));
  }
  const large = new Uint8Array(20 << 20);
  assert.equal(fromBase64(toBase64(large)).byteLength, large.length);
  assert.throws(() => fromBase64('not base64!'));
});

test('sha256 in plain JavaScript is that of Node', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = new Uint8Array(randomBytes(length));
    assert.equal(plainSha256(bytes), sha256(bytes));
  }
});

test('sha256 comes from the browser, else from here', async (t) => {
  const bytes = new Uint8Array([1, 2, 3]);
  assert.equal(await sha256Hex(bytes), sha256(bytes));
  withGlobals(t, { crypto: {} }); // an insecure context
  assert.equal(await sha256Hex(bytes), sha256(bytes));
});

test('weight paths are made plain', () => {
  assert.equal(checkedWeightPath('./a//b/./c.bin', 'x'), 'a/b/c.bin');
  assert.equal(checkedWeightPath('..a/b..', 'x'), '..a/b..');
});

for (const [path, reason] of [
  ['', /is empty/], ['/etc/passwd', /is absolute/], ['//host/w', /is absolute/],
  ['../w', /leaves the model's folder/], ['a/../../w', /leaves/], ['a/..', /leaves/],
  ['http://host/w', /is a URL or drive/], ['C:w', /is a URL or drive/], ['data:,x', /is a URL/],
  ['a\\b', /backslash/], ['a\0', /NUL/], ['a/', /names a folder/], ['.', /names a folder/],
]) {
  test(`weight path ${JSON.stringify(path)} is refused`, () => {
    assert.throws(() => checkedWeightPath(path, 'm.json'), (error) => {
      assert.match(error.message, /^m\.json: weight path '/);
      assert.match(error.message, reason);
      assert.equal(error.code, 'CorruptData');
      return true;
    });
  });
}

test('what is quoted shows no control characters and is cut', () => {
  assert.equal(quoted('a\\b\n\u001b[31m'), "'a\\b\\n\\u001b[31m'");
  assert.equal(quoted('abcdef', 3), "'abc...'");
});

test('progress begins with 0, never goes back, and says 1 only at the end', () => {
  const calls = [];
  const progress = new ByteProgress((fraction, bytes) => calls.push([fraction, bytes.bytes]), 10);
  progress.add(4);
  progress.reach(2);
  progress.add(8); // a file may have more than was expected
  progress.finish();
  progress.finish();
  progress.add(1);
  assert.deepEqual(calls, [[0, 0], [0.4, 4], [1, 12]]);
});
