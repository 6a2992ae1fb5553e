// A model's folder while it is read: a save that has not finished counts as finished, and whether
// another one came in between can be seen afterwards.
import { bytesOf } from '../composite_array_buffer.js';
import { corruptData, invalidArgument, notFound, quoted, reasonOf, unavailable }
  from '../errors.js';
import { pendingFolder } from './folder_update.js';
import { fs, path } from './modules.js';

const mostJson = 256 * 2 ** 20;

/** Whether an error was thrown here, not by the system, whose codes are like ENOENT. */
const isOurs = (error) => !/^E[A-Z0-9]+$/.test(error.code);
const isGone = (error) => error.code === 'ENOENT' || error.code === 'ENOTDIR';

function readError(file, error) {
  if (isGone(error)) {
    return notFound(`${quoted(file)} is not there`, error);
  }
  return unavailable(`cannot read ${quoted(file)}: ${reasonOf(error)}`, error);
}

/**
 * `{bytes, identity}` of a regular file: opening a pipe or device would wait, or worse. Another
 * file has another identity, even with the same bytes; one that was moved has the same.
 */
async function readRegular(file, mostBytes = Infinity) {
  const info = await fs.stat(file);
  if (!info.isFile()) {
    const kind = info.isDirectory() ? 'a folder' : 'no regular file';
    throw invalidArgument(`${quoted(file)} is ${kind}; a regular file is needed`);
  }
  if (info.size > mostBytes) {
    throw corruptData(`${file}: JSON of ${info.size} bytes is larger than the limit of ` +
      mostBytes);
  }
  const handle = await fs.open(file);
  try {
    const { dev, ino, mtimeNs } = await handle.stat({ bigint: true });
    return { bytes: bytesOf(await handle.readFile()), identity: `${dev}:${ino}:${mtimeNs}` };
  } finally {
    await handle.close();
  }
}

/** The bytes of a file anywhere. */
export async function readFile(file) {
  try {
    return (await readRegular(file)).bytes;
  } catch (error) {
    throw isOurs(error) ? error : readError(file, error);
  }
}

export class ModelFolder {
  #folder;
  #jsonName;
  #followsLinks;
  #isJsonNamed;
  #identity;

  /** `isJsonNamed`: a person named the JSON itself, so it may be a link to anywhere. */
  constructor(folder, jsonName, { followLinks = false, isJsonNamed = false } = {}) {
    this.#folder = folder;
    this.#jsonName = jsonName;
    this.#followsLinks = followLinks;
    this.#isJsonNamed = isJsonNamed;
  }

  /** The path of a file in messages. */
  shown(relative) {
    return path.join(this.#folder, relative);
  }

  async open() {
    const { bytes, identity } = await this.#readJson();
    this.json = bytes;
    this.#identity = identity;
  }

  #readJson() {
    return this.#find(this.#jsonName, this.#isJsonNamed || this.#followsLinks, mostJson);
  }

  /** The bytes of a file. */
  async read(relative) {
    return (await this.#find(relative, this.#followsLinks)).bytes;
  }

  /** Among the files of a pending save, or in its place. */
  async #find(relative, followsLinks, mostBytes) {
    for (const inFolder of [path.join(pendingFolder, relative), relative]) {
      const isLast = inFolder === relative;
      const file = path.join(this.#folder, inFolder);
      try {
        if (!followsLinks) await this.#checkInside(file, relative);
        return await readRegular(file, mostBytes);
      } catch (error) {
        if (isOurs(error)) throw error;
        if (isLast || !isGone(error)) throw readError(this.shown(relative), error);
      }
    }
    return undefined;
  }

  /** Refuses a file that is reached through a link out of the folder. */
  async #checkInside(file, relative) {
    const [real, top] = await Promise.all([fs.realpath(file), fs.realpath(this.#folder)]);
    if (real.startsWith(top.endsWith(path.sep) ? top : top + path.sep)) return;
    throw corruptData(`${quoted(this.shown(relative))} is a link that leaves the model's folder ` +
      '(followLinks allows that)');
  }

  /** False when a save has changed the model since: what was read may be of both. */
  async isUnchanged() {
    try {
      return (await this.#readJson()).identity === this.#identity;
    } catch {
      return false; // a folder that its saver is replacing
    }
  }
}
