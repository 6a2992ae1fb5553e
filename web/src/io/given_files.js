// Files a person gave: from a file input, a folder input, drag and drop, or written out as
// `{name, bytes}`. Here they are brought to one form, and what systems add is told apart.
import { invalidArgument, quoted } from './errors.js';
import { bytesOf } from './composite_array_buffer.js';
import { lastName } from './weight_paths.js';

/** What file managers and archivers leave in folders, and what people write for each other. */
export function isStray(path) {
  const last = lastName(path).toLowerCase();
  return last === '.ds_store' || last === 'thumbs.db' || last === 'desktop.ini' ||
    last.startsWith('._') || last.startsWith('readme') || /(^|\/)__MACOSX\//.test(path);
}

function givenFile(file, i) {
  const isFileLike = typeof file?.arrayBuffer === 'function' || file?.bytes !== undefined;
  if (!isFileLike || typeof file.name !== 'string') {
    throw invalidArgument(`browserFiles: files[${i}] must be a File or {name, bytes}, ` +
      `got ${quoted(file)}`);
  }
  const folderPath = (file.webkitRelativePath || file.fullPath || '').replace(/^\/+/, '');
  const isInFolder = folderPath.includes('/');
  return {
    path: isInFolder ? folderPath : file.name.replace(/^\/+/, ''),
    isInFolder,
    async read() {
      if (file.bytes !== undefined && typeof file.bytes !== 'function') return bytesOf(file.bytes);
      return new Uint8Array(await file.arrayBuffer());
    },
    async start() {
      if (typeof file.slice !== 'function') return (await this.read()).subarray(0, 4);
      return new Uint8Array(await file.slice(0, 4).arrayBuffer());
    },
  };
}

/** The files below an entry of the File and Directory Entries API. */
async function filesOfEntry(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ name: file.name, fullPath: entry.fullPath, arrayBuffer: () => file.arrayBuffer(),
      slice: (...range) => file.slice(...range) }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a folder comes in portions, the last of which is empty
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    for (const each of some) found.push(...await filesOfEntry(each));
  }
  return found;
}

/**
 * What `browserFiles` got as a list of files: an array, a FileList, a DataTransfer or its items.
 * Items must be taken while the drop event lasts, so this begins at once and gives a promise.
 */
export function listGivenFiles(given) {
  const list = given?.items && given?.files ? given.items : given; // a DataTransfer
  const items = Array.from(list ?? []);
  const taken = items.map((item) => {
    if (item?.kind === 'string') return [];
    if (item?.kind !== 'file' || typeof item.getAsFile !== 'function') return [item];
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? filesOfEntry(entry) : [item.getAsFile()];
  });
  if (taken.length === 0) {
    throw invalidArgument('When calling browserFiles, at least 1 file is required, ' +
      `but received ${given}`);
  }
  return Promise.all(taken).then((lists) => lists.flat().map(givenFile));
}
