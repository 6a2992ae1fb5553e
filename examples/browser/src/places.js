// The places that a model can be saved to, and how each is spelt as a URL.

import { get } from './server.js';

/** No slashes: downloads refuse them. */
const fileName = (name) => name.replace(/[/\\]/g, '-').replace(/\.\.+/g, '.');

/**
 * `keeps`: models stay there and are listed; `isThere` may turn false when the page starts.
 * @type {Array<{id: string, label: string, about: string, keeps: boolean, url: function}>}
 */
export const places = [
  {
    id: 'indexeddb',
    label: 'IndexedDB',
    about: 'In this browser, with room for large models',
    keeps: true,
    url: (name) => `indexeddb://${name}`,
  },
  {
    id: 'localstorage',
    label: 'Local storage',
    about: 'In this browser, about 5 MB in all',
    keeps: true,
    url: (name) => `localstorage://${name}`,
  },
  {
    id: 'server',
    label: 'This server',
    about: 'Uploaded to the server of this page, kept until it ends',
    keeps: true,
    url: (name) => new URL(`/upload/${encodeURIComponent(name)}`, location.href).href,
  },
  {
    id: 'downloads',
    label: 'Two downloads',
    about: 'A .json and a .weights.bin',
    keeps: false,
    url: (name) => `downloads://${fileName(name)}`,
  },
  {
    id: 'zip',
    label: 'One download',
    about: 'A .zip with both files',
    keeps: false,
    url: (name) => `downloads://${fileName(name)}.zip`,
  },
];

export const placeOf = (id) => places.find((place) => place.id === id);

/** Leaves out the server where the page is served by one that takes no uploads. */
export async function startPlaces() {
  try {
    await get('/uploads');
  } catch {
    places.splice(places.indexOf(placeOf('server')), 1);
  }
}
