// The section "Save": a name, a place, and what is replaced there.

import { byId, make } from './dom.js';
import * as format from './format.js';
import { run, showProblem } from './job.js';
import { opened } from './opened.js';
import { placeOf, places } from './places.js';
import { uploadingFetch } from './server.js';
import { storedModels } from './stored_models.js';
import * as tf from './tf.js';

const form = byId('save-form');
const nameField = form.elements.name;

const chosenPlace = () => placeOf(form.elements.target.value);

function showNote() {
  const stored = storedModels.find(chosenPlace().id, nameField.value);
  byId('save-note').textContent = stored
    ? `Replaces the model of this name, saved ${format.date(stored.dateSaved)}.`
    : '';
}

/** What save() is given: a URL, or for uploads a handler that tells how much has been sent. */
function targetOf(place, name, { onProgress, signal }) {
  const url = place.url(name);
  if (place.id !== 'server') return url;
  return tf.io.http(url, { fetchFunc: uploadingFetch(onProgress, signal) });
}

async function save(event) {
  event.preventDefault();
  const { model } = opened;
  const place = chosenPlace();
  const name = nameField.value.trim();
  if (!model) return showProblem('Nothing to save', new Error('Open a model first.'));
  if (name === '') return showProblem('Nothing was saved', new Error('A model needs a name.'));
  await run(`Saving ${name}`, async (job) => {
    const { modelArtifactsInfo: info } = await model.save(targetOf(place, name, job));
    const bytes = info.modelTopologyBytes + info.weightSpecsBytes + info.weightDataBytes;
    job.onProgress(1, { bytes, total: bytes });
    return `Saved ${name}: ${place.label}`;
  }, { canStop: place.id === 'server' });
  await storedModels.refresh();
}

export function startSaving() {
  byId('targets').append(...places.map(({ id, label, about }, i) =>
    make('label', {},
      make('input', { type: 'radio', name: 'target', value: id, checked: i === 0 }),
      make('span', {}, label, make('small', {}, about)),
    )));
  form.addEventListener('submit', save);
  form.addEventListener('input', showNote);
  storedModels.addEventListener('change', showNote);
  opened.whenChanged(() => {
    nameField.value = opened.name;
    showNote();
  });
}
