// Zip archives: those written here, those of others, and those that lie.
import { test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/io/crc32.js';
import { inflate } from '../../src/io/inflate.js';
import { makeModelZip, readModelZip } from '../../src/io/model_zip.js';
import { ZipArchive, isZip } from '../../src/io/zip_reader.js';
import { zipPieces } from '../../src/io/zip_writer.js';
import { assert, assertSameModel, failure, fs, modelFiles, path, progressRecorder, sampleArtifacts,
  sha256, temporaryFolder, topology, weights, withGlobals } from './support.mjs';

const bytesOfText = (text) => new TextEncoder().encode(text);
const plain = (pieces) => new Uint8Array(Buffer.concat(pieces));

/** An archive made field by field, so that each may lie. */
function makeZip(entries, { comment = '', count = entries.length, directoryShift = 0 } = {}) {
  const u16 = (n) => Buffer.from([n & 255, (n >> 8) & 255]);
  const u32 = (n) => Buffer.concat([u16(n & 0xffff), u16(n >>> 16)]);
  const out = [];
  const directory = [];
  let at = 0;
  for (const entry of entries) {
    const { name, content = Buffer.alloc(0), method = 0, flags = 0, mode = 0, descriptor = false } = entry;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : Buffer.from(content));
    const size = entry.size ?? content.length;
    const sum = entry.crc ?? crc32(content);
    const local = { name, method, flags: flags | (descriptor ? 8 : 0), sum: descriptor ? 0 : sum,
      packedSize: descriptor ? 0 : packed.length, size: descriptor ? 0 : size, ...entry.local };
    const localBytes = Buffer.concat([u32(0x04034b50), u16(20), u16(local.flags), u16(local.method), u32(0),
      u32(local.sum), u32(local.packedSize), u32(local.size), u16(Buffer.byteLength(local.name)), u16(0),
      Buffer.from(local.name), packed,
      descriptor ? Buffer.concat([u32(0x08074b50), u32(entry.descriptorSum ?? sum), u32(packed.length), u32(size)]) : Buffer.alloc(0)]);
    const offset = entry.offset ?? at;
    directory.push(Buffer.concat([u32(0x02014b50), u16(0x314), u16(20), u16(flags | (descriptor ? 8 : 0)), u16(method),
      u32(0), u32(sum), u32(packed.length), u32(size), u16(Buffer.byteLength(name)), u16(0), u16(0), u16(0), u16(0),
      u32(mode << 16 >>> 0), u32(offset), Buffer.from(name)]));
    if (!entry.isShared) {
      out.push(localBytes);
      at += localBytes.length;
    }
  }
  const all = Buffer.concat(directory);
  const end = Buffer.concat([u32(0x06054b50), u32(0), u16(count), u16(count), u32(all.length),
    u32(at + directoryShift), u16(comment.length), Buffer.from(comment)]);
  return plain([...out, all, end]);
}

const open = (bytes) => new ZipArchive(bytes, 'a.zip');

test('an archive written here is read here and by unzip, its contents aligned', async () => {
  const folder = temporaryFolder();
  const entries = [{ name: 'ä.json', pieces: [bytesOfText('{}'), bytesOfText(' ')] },
    { name: 'w.bin', pieces: [new Uint8Array(1000).fill(7)] }, { name: 'empty', pieces: [] }];
  const bytes = plain(zipPieces(entries, new Date(Date.UTC(2020, 1, 29, 23, 59, 58))));
  assert.ok(isZip(bytes));
  const zip = open(bytes);
  assert.deepEqual(zip.entries.map((entry) => [entry.name, entry.size, entry.dataOffset % 64]),
    [['ä.json', 3, 0], ['w.bin', 1000, 0], ['empty', 0, 0]]);
  assert.equal(Buffer.from(await zip.read(zip.find('ä.json'), 10)).toString(), '{} ');
  fs.writeFileSync(path.join(folder, 'a.zip'), bytes);
  const tool = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(i.filename, i.file_size, i.date_time) for i in z.infolist()])';
  const shown = execFileSync('python3', ['-c', tool, path.join(folder, 'a.zip')], { encoding: 'utf8' });
  assert.equal(shown.trim(), "None [('ä.json', 3, (2020, 2, 29, 23, 59, 58)), " +
    "('w.bin', 1000, (2020, 2, 29, 23, 59, 58)), ('empty', 0, (2020, 2, 29, 23, 59, 58))]");
});

test('archives of other programs are read: deflated, with descriptors, zip64, a comment', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'b.zip');
  const script = `
import io, sys, zipfile
class Pipe(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def write(self, b): return self.f.write(b)
with open(sys.argv[1], 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z:
    z.comment = b'made elsewhere'
    z.writestr('small', 'abc' * 1000)
    with z.open('large', 'w', force_zip64=True) as out: out.write(b'x' * 5000)
`;
  execFileSync('python3', ['-c', script, file]);
  const zip = open(new Uint8Array(fs.readFileSync(file)));
  assert.equal(Buffer.from(await zip.read(zip.find('small'), 1e6)).toString(), 'abc'.repeat(1000));
  assert.equal((await zip.read(zip.find('large'), 1e6)).length, 5000);
});

test('deflate is unpacked by zlib where the stream is missing', async (t) => {
  withGlobals(t, { DecompressionStream: undefined });
  const content = bytesOfText('hello '.repeat(100));
  assert.deepEqual(await inflate(deflateRawSync(content), 600, 'e'), content);
  await failure(inflate(deflateRawSync(content), 599, 'e'), /e unpacks to more than the 599 bytes it should have/);
});

test('deflate that is damaged or of another size is named', async () => {
  const packed = deflateRawSync(bytesOfText('hello '.repeat(100)));
  await failure(inflate(packed, 599, 'e'), /e unpacks to more than the 599 bytes it should have/);
  await failure(inflate(packed, 601, 'e'), /e unpacks to 600 bytes, but should to 601/);
  await failure(inflate(new Uint8Array([0xff, 0xff]), 5, 'e'), /e is no deflate stream/);
});

const file = { name: 'f', content: Buffer.from('abc') };
for (const [name, bytes, pattern] of [
  ['without end', makeZip([file]).subarray(0, 60), /a\.zip is no complete zip archive: it has no end record \(interrupted/],
  ['with bytes after its end', plain([makeZip([file]), Buffer.alloc(3)]), /after its end record there are 3 bytes, but the comment has 0/],
  ['with a count that is wrong', makeZip([file], { count: 2 }), /directory of 47 bytes cannot have 2 entries/],
  ['with fewer entries than it has', makeZip([file, { ...file, name: 'g' }], { count: 1 }), /has 47 bytes after its 1 entries/],
  ['whose directory is elsewhere', makeZip([file], { directoryShift: 1 }), /does not end where the end record begins/],
  ['with a name twice', makeZip([file, file]), /entry 'f' is there twice/],
  ['with another local name', makeZip([{ ...file, local: { name: 'g' } }]), /a\.zip\/f is called 'g' in its own header/],
  ['with another local size', makeZip([{ ...file, local: { size: 4 } }]), /its size is 3 in the directory, but 4 in its own header/],
  ['with another local checksum', makeZip([{ ...file, local: { sum: 5 } }]), /its crc32 is/],
  ['with another local method', makeZip([{ ...file, local: { method: 8 } }]), /its method is 0 in the directory, but 8/],
  ['with a descriptor that lies', makeZip([{ ...file, descriptor: true, descriptorSum: 1 }]), /its data descriptor does not say/],
  ['with an encrypted entry', makeZip([{ ...file, flags: 1 }]), /a\.zip\/f is encrypted/],
  ['with a link', makeZip([{ ...file, mode: 0o120777 }]), /is a link; an archive may hold files only/],
  ['with a device', makeZip([{ ...file, mode: 0o020666 }]), /is a device or other special file/],
  ['with a name that leaves', makeZip([{ ...file, name: 'a/../../b' }]), /leads out of the archive's folder/],
  ['with an absolute name', makeZip([{ ...file, name: '/b' }]), /leads out of the archive's folder/],
  ['with an empty name', makeZip([{ ...file, name: '' }]), /the name is empty/],
  ['with a stored entry of two sizes', makeZip([{ ...file, size: 9, local: { size: 9 } }]), /is stored as it is, but has 3 bytes in the archive and 9 outside/],
  ['with a bomb', makeZip([{ name: 'f', method: 8, packed: Buffer.alloc(4), size: 1e6 }]), /no deflate stream of 4 bytes unpacks to 1000000/],
  ['whose entry is beyond its end', makeZip([{ ...file, offset: 5000 }]), /its header should be at byte 5000/],
]) {
  test(`an archive ${name} is refused`, () => failure(() => open(bytes), pattern));
}

test('entries whose data overlap are refused', () => {
  // The second entry is found inside of the first one's data.
  const inner = makeZip([{ name: 'g', content: Buffer.from('xyz') }]);
  const innerLocal = inner.subarray(0, 34);
  const outer = makeZip([{ name: 'f', content: Buffer.from(innerLocal) },
    { name: 'g', content: Buffer.from('xyz'), offset: 31, isShared: true }]);
  return failure(() => open(outer), /entries 'f' and 'g' overlap/);
});

test('contents are compared with their checksum, and methods and sizes are bounded', async () => {
  const zip = open(makeZip([{ ...file, crc: 5, local: { sum: 5 } }, { ...file, name: 'm', method: 12 },
    { name: 'd', method: 8, content: Buffer.alloc(500) }]));
  await failure(zip.read(zip.find('f'), 10), /a\.zip\/f is damaged: its CRC-32 is \d+, but the archive says 5/);
  await failure(zip.read(zip.find('m'), 10), /compressed by method 12; known are 0 \(stored\) and 8 \(deflate\)/);
  await failure(zip.read(zip.find('d'), 499), /has 500 bytes, more than the limit of 499/);
});

const zipOf = (files, prefix = '', options = {}) => makeZip(Object.entries(files).map(([name, content]) =>
  ({ name: prefix + name, content, ...options })));

test('a model goes into an archive and comes back', async () => {
  const { pieces, modelArtifactsInfo } = await makeModelZip(sampleArtifacts());
  const bytes = plain(pieces);
  assert.equal(modelArtifactsInfo.weightDataBytes, 36);
  const { onProgress, check } = progressRecorder();
  assertSameModel(await readModelZip(bytes, 'm.zip', { onProgress }));
  check(36);
  const json = JSON.parse(Buffer.from(await open(bytes).read(open(bytes).find('model.json'), 1e6)));
  assert.deepEqual(json.weightsManifest[0].integrity, [{ byteLength: 36, sha256: sha256(weights()) }]);
});

test('a topology alone goes into an archive and comes back', async () => {
  const { pieces } = await makeModelZip({ modelTopology: topology });
  assert.deepEqual((await readModelZip(plain(pieces), 'm.zip')).modelTopology, topology);
});

for (const [name, bytes] of [
  ['in the only folder, deflated, with shards', zipOf(modelFiles({ cuts: [3, 20] }), 'my model/', { method: 8 })],
  ['as macOS packs it', zipOf({ ...modelFiles(), '__MACOSX/._model.json': Buffer.from('x'), '._model.json': Buffer.from('y') })],
  ['under another name', zipOf(Object.fromEntries(Object.entries(modelFiles()).map(([key, value]) => [key.replace('model.json', 'net.json'), value])))],
  ['beside other files', zipOf({ ...modelFiles({ integrity: false }), 'labels.json': Buffer.from('[]'), 'notes.txt': Buffer.from('x') })],
]) {
  test(`a model ${name} is found in an archive`, async () => assertSameModel(await readModelZip(bytes, 'm.zip')));
}

for (const [name, bytes, pattern] of [
  ['no model', zipOf({ 'a.txt': Buffer.from('x') }), /^m\.zip holds no model: there is no model\.json in it/],
  ['two models', zipOf({ 'a/model.json': Buffer.from('{}'), 'b/model.json': Buffer.from('{}') }), /holds several models: 'a\/model\.json', 'b\/model\.json'/],
  ['a model without its weights', zipOf({ 'model.json': modelFiles()['model.json'] }), /m\.zip\/group1-shard1of1\.bin is not in the archive/],
  ['weights of another length', zipOf({ ...modelFiles(), 'group1-shard1of1.bin': Buffer.alloc(35) }), /has 35 bytes, but the model says 36/],
  ['damaged weights', zipOf({ ...modelFiles(), 'group1-shard1of1.bin': Buffer.alloc(36) }), /is damaged: its SHA-256 is/],
  ['weights that unpack to too much', zipOf({ ...modelFiles({ integrity: false }), 'group1-shard1of1.bin': Buffer.alloc(3 << 20) }, '', { method: 8 }),
    /the compressed weights would unpack to 3145728 bytes, but the weights of the model account for/],
]) {
  test(`an archive with ${name} is refused`, () => failure(readModelZip(bytes, 'm.zip'), pattern));
}
