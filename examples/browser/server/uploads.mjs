// Models that pages upload: a folder each, in a temporary folder that goes with the server.
//
// What comes is written to a folder of its own first and then takes its place by a rename, so that
// an upload that breaks off leaves the model that was there.

import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { typeOf } from './files.mjs';

const fileNames = ['model.json', 'model.weights.bin'];
const mostBytes = 512 * 2 ** 20;
const longestName = 200; // bytes, percent-encoded: file systems take 255

const refused = (status, message) => Object.assign(new Error(message), { status });

/** A name of any letters as the name of a folder; the first letter keeps dots harmless. */
function folderName(name) {
  const encoded = encodeURIComponent(name);
  if (name === '' || encoded.length > longestName) {
    throw refused(400, `the name must have 1 to ${longestName} bytes, percent-encoded`);
  }
  return `m-${encoded}`;
}

async function formOf(request) {
  const length = Number(request.headers['content-length'] ?? NaN);
  if (Number.isNaN(length)) throw refused(411, 'the length of an upload must be said');
  if (length > mostBytes) {
    throw refused(413, `an upload may have ${mostBytes} bytes, this one has ${length}`);
  }
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  try {
    return await new Response(Readable.toWeb(request), { headers }).formData();
  } catch (error) {
    throw refused(400, `an upload must be a form of files (multipart/form-data): ${error.message}`);
  }
}

/** A temporary folder that goes with the process, if nobody removes it before. */
async function makeRoot() {
  const root = await mkdtemp(join(tmpdir(), 'tfjs-cpp-uploads-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  return root;
}

export class Uploads {
  #root;
  #count = 0;

  async #folder() {
    this.#root ??= makeRoot();
    return this.#root;
  }

  /** Keeps the model that `request` brings; gives {name, url, bytes}. */
  async receive(name, request) {
    const place = folderName(name);
    const form = await formOf(request);
    const files = fileNames.filter((each) => typeof form.get(each)?.arrayBuffer === 'function');
    if (!files.includes('model.json')) throw refused(400, 'the upload has no file model.json');
    const root = await this.#folder();
    const coming = join(root, `coming-${++this.#count}`);
    const leaving = join(root, `leaving-${this.#count}`);
    await mkdir(coming);
    let bytes = 0;
    for (const each of files) {
      const content = Buffer.from(await form.get(each).arrayBuffer());
      bytes += content.length;
      await writeFile(join(coming, each), content);
    }
    await rename(join(root, place), leaving).catch(ignoreMissing);
    await rename(coming, join(root, place));
    await rm(leaving, { recursive: true, force: true });
    return { name, url: `/uploads/${encodeURIComponent(name)}/model.json`, bytes };
  }

  async listJson() {
    const root = await this.#folder();
    const models = [];
    for (const place of (await readdir(root)).filter((each) => each.startsWith('m-'))) {
      const infos = await Promise.all(
        fileNames.map((file) => stat(join(root, place, file)).catch(ignoreMissing)),
      );
      if (!infos[0]) continue; // it has just been removed
      models.push({
        name: decodeURIComponent(place.slice(2)),
        dateSaved: infos[0].mtime.toISOString(),
        bytes: infos.reduce((all, info) => all + (info?.size ?? 0), 0),
      });
    }
    return JSON.stringify(models);
  }

  async read(name, file) {
    if (!fileNames.includes(file)) return undefined;
    const path = join(await this.#folder(), folderName(name), file);
    const bytes = await readFile(path).catch(ignoreMissing);
    return bytes && { bytes, type: typeOf(file) };
  }

  /** Whether there was such a model. */
  async remove(name) {
    const root = await this.#folder();
    const leaving = join(root, `leaving-${++this.#count}`);
    try {
      await rename(join(root, folderName(name)), leaving);
    } catch (error) {
      return ignoreMissing(error) ?? false;
    }
    await rm(leaving, { recursive: true, force: true });
    return true;
  }

  async removeAll() {
    if (this.#root) await rm(await this.#root, { recursive: true, force: true });
  }
}

function ignoreMissing(error) {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
