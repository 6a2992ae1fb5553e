// file:// in Node: the same files in the same way as the native library keeps them. The work is
// done by what is in node/, asked for when a handler is used, so that pages do not load it.
import { invalidArgument, quoted, unsupported } from './errors.js';
import { isNode } from '../core/node.js';
import { registerLoadRouter, registerSaveRouter, registerScheme } from './router.js';

const scheme = 'file://';

async function files() {
  if (isNode) {
    const { ready } = await import('./node/modules.js');
    await ready();
    return import('./node/file_store.js');
  }
  throw unsupported('file:// needs Node; in a browser, tf.io.browserFiles loads files that a ' +
    'person picks and downloads:// saves');
}

/** Saves to and loads from a folder or archive; see fileSystem. */
export class NodeFileSystem {
  #path;
  #options;

  constructor(path, options = {}) {
    const plain = String(path ?? '');
    this.#path = plain.startsWith(scheme) ? plain.slice(scheme.length) : plain;
    this.#options = options;
    if (this.#path === '') {
      throw invalidArgument('file:// needs a path: file://DIR or file://DIR/model.json');
    }
    if (this.#path.includes('\0')) {
      throw invalidArgument(`path ${quoted(this.#path)} contains a NUL character`);
    }
  }

  get description() {
    return scheme + this.#path;
  }

  /** A promise of what is the same for two names of one place. */
  get place() {
    return files().then((store) => store.placeOf(this.#path)).then((path) => scheme + path);
  }

  async load(options) {
    return (await files()).loadFrom(this.#path, { ...this.#options, ...options });
  }

  async save(modelArtifacts) {
    return (await files()).saveTo(this.#path, modelArtifacts);
  }

  /** Removes the model's files, and only these. */
  async remove() {
    return (await files()).removeFrom(this.#path);
  }
}

/**
 * A handler for Node's file system.
 *
 * @param {string} path the model's folder or its model.json, relative to the current folder or
 *   absolute; a name that ends in ".zip" means an archive
 * @param {object} [options] `followLinks`: weight files may lie outside of the folder; and
 *   `onProgress`, `signal`, `verify`, `weightPathPrefix`, `onWarning`
 */
export function fileSystem(path, options) {
  return new NodeFileSystem(path, options);
}

export function nodeFileSystemRouter(url, options) {
  return typeof url === 'string' && url.startsWith(scheme) ? fileSystem(url, options) : null;
}

if (isNode) {
  registerScheme(scheme);
  registerSaveRouter((url) => nodeFileSystemRouter(url));
  registerLoadRouter(nodeFileSystemRouter);
}
