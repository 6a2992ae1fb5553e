// The models that are stored in this browser and on the server of this page: the list, and what can
// be done with one. Copies and renames never replace a model that is there.

import { places, placeOf } from './places.js';
import { get, remove } from './server.js';
import * as tf from './tf.js';

const uploadUrl = (name) =>
  new URL(`/uploads/${encodeURIComponent(name)}/model.json`, location.href).href;

async function inBrowser() {
  const found = await tf.io.listModels();
  return Object.entries(found).map(([url, info]) => {
    const [, id, name] = /^([a-z]+):\/\/(.*)$/s.exec(url);
    const { modelTopologyBytes = 0, weightSpecsBytes = 0, weightDataBytes = 0, dateSaved } = info;
    const bytes = modelTopologyBytes + weightSpecsBytes + weightDataBytes;
    return { place: placeOf(id), name, url, bytes, dateSaved };
  });
}

async function onServer() {
  const place = placeOf('server');
  if (place === undefined) return [];
  return (await get('/uploads')).map(({ name, bytes, dateSaved }) =>
    ({ place, name, url: uploadUrl(name), bytes, dateSaved: new Date(dateSaved) }));
}

class StoredModels extends EventTarget {
  /** [{place, name, url, bytes, dateSaved}], the newest first. */
  list = [];
  problem = '';

  find(placeId, name) {
    return this.list.find((each) => each.place.id === placeId && each.name === name);
  }

  /** Reads the list again; a 'change' event follows when it is another. */
  async refresh() {
    const before = this.#text();
    const found = await Promise.allSettled([inBrowser(), onServer()]);
    this.list = found.flatMap(({ value = [] }) => value);
    this.list.sort((a, b) => (b.dateSaved - a.dateSaved) || (a.url < b.url ? -1 : 1));
    this.problem = found.map(({ reason }) => reason?.message).filter(Boolean).join('\n');
    if (this.#text() !== before) this.dispatchEvent(new Event('change'));
  }

  #text() {
    return JSON.stringify([this.list, this.problem]);
  }

  #checkFree(placeId, name) {
    if (!this.find(placeId, name)) return;
    throw new Error(`There is already a model called ${name} in ${placeOf(placeId).label}. ` +
      'Delete it first, or take another name.');
  }

  async rename(stored, name) {
    const { place, url } = stored;
    if (name.trim() === '') throw new Error('A model needs a name.');
    await this.refresh();
    this.#checkFree(place.id, name);
    await tf.io.moveModel(url, place.url(name));
    await this.refresh();
  }

  async copy(stored, placeId) {
    const place = placeOf(placeId);
    await this.refresh();
    if (place.keeps) this.#checkFree(placeId, stored.name);
    await tf.io.copyModel(stored.url, place.url(stored.name));
    await this.refresh();
  }

  async remove({ place, name, url }) {
    if (place.id === 'server') await remove(`/uploads/${encodeURIComponent(name)}`);
    else await tf.io.removeModel(url);
    await this.refresh();
  }
}

export const storedModels = new StoredModels();

/** The places, other than its own, that a stored model can be copied to. */
export const placesToCopy = (stored) =>
  places.filter((place) => place.keeps && place !== stored.place);
