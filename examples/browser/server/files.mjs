// The files that the server gives out: those of a few folders, none that is hidden.

import { readFile, realpath } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export const typeOf = (name) => types[extname(name)] ?? 'application/octet-stream';

/** {bytes, type} of a path in one of `folders` of `root`, links followed; else undefined. */
export async function findFile(root, folders, path) {
  const isHidden = path.split(/[/\\]/).some((part) => part.startsWith('.'));
  if (isHidden || path.includes('\0')) return undefined;
  const file = normalize(join(root, path));
  try {
    const real = await realpath(file);
    const bases = await Promise.all(folders.map((folder) => realpath(join(root, folder))));
    if (!bases.some((base) => real.startsWith(base + sep))) return undefined;
    return { bytes: await readFile(real), type: typeOf(real) };
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code)) return undefined;
    throw error;
  }
}
