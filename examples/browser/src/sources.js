// The section "Open a model": the sources, each of which ends in tf.loadLayersModel.

import { byId } from './dom.js';
import { run } from './job.js';
import { opened } from './opened.js';
import * as tf from './tf.js';

const kinds = ['digits', 'build', 'url', 'files'];

/**
 * Loads a model and makes it the open one.
 * @param {(options: object) => string|object} source gives what loadLayersModel takes; it gets the
 *     options because handlers take them when they are made
 */
export function open(source, { name, from }, { isQuiet = false } = {}) {
  return run(`Loading ${name}`, async (options) => {
    opened.set(await tf.loadLayersModel(source(options), options), { name, from });
    return `Loaded ${name}`;
  }, { canStop: true, isQuiet });
}

export function openDigits(options) {
  const url = new URL('../digits/model.json', import.meta.url).href;
  return open(() => url, { name: 'digits', from: 'this page' }, options);
}

/** "mobilenet" of "https://host/mobilenet/model.json?v=2", "a" of "a.zip". */
function nameOf(path) {
  const parts = path.split(/[?#]/)[0].split('/').filter(Boolean);
  const last = (parts.pop() ?? '').replace(/\.(json|zip)$/i, '');
  const name = last === 'model' && parts.length > 0 ? parts.pop() : last;
  return name || 'model';
}

function openUrl(event) {
  event.preventDefault();
  const url = event.target.elements.url.value.trim();
  return open(() => url, { name: nameOf(url), from: url });
}

function openFiles(given, names) {
  const main = names.find((name) => /\.(json|zip)$/i.test(name)) ?? names[0] ?? 'files';
  const what = { name: nameOf(main), from: 'files of this device' };
  return open((options) => tf.io.browserFiles(given, options), what);
}

async function openPicked({ target }) {
  if (target.files.length === 0) return;
  const files = [...target.files];
  await openFiles(files, files.map((file) => file.webkitRelativePath || file.name));
  target.value = ''; // the same files can be chosen again
}

/** What is dropped can be read only while the event lasts: browserFiles takes it at once. */
function openDropped(event) {
  document.body.classList.remove('dropping');
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  openFiles(event.dataTransfer, [...event.dataTransfer.files].map((file) => file.name));
}

const hasFiles = (event) => event.dataTransfer.types.includes('Files');

function letFilesDrop() {
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  });
  addEventListener('drop', openDropped);
}

function showChosen() {
  const chosen = document.querySelector('input[name=source]:checked').value;
  for (const kind of kinds) byId(`source-${kind}`).hidden = kind !== chosen;
}

export function startSources() {
  document.querySelector('.choice').addEventListener('change', showChosen);
  byId('open-digits').addEventListener('click', () => openDigits());
  byId('source-url').addEventListener('submit', openUrl);
  byId('pick-files').addEventListener('change', openPicked);
  byId('pick-folder').addEventListener('change', openPicked);
  letFilesDrop();
  showChosen(); // a browser may remember the choice over a reload
}
