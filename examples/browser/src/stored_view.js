// The section "Stored models": a row for each, and behind "More" what can be done with it.

import { byId, make } from './dom.js';
import * as format from './format.js';
import { run } from './job.js';
import { placeOf } from './places.js';
import { open } from './sources.js';
import { placesToCopy, storedModels } from './stored_models.js';

const list = byId('models');

let lastId = 0;

/** Does `work` with a model, and keeps the keyboard's focus in the list. */
async function act(title, work, done) {
  const before = [...list.children].findIndex((item) => item.contains(document.activeElement));
  const isDone = await run(title, async () => {
    await work();
    return done;
  });
  if (!isDone || before < 0 || list.contains(document.activeElement)) return;
  const item = list.children[Math.min(before, list.children.length - 1)];
  (item?.querySelector('button') ?? byId('stored-title')).focus();
}

function renameForm(stored) {
  const field = make('input', {
    type: 'text', name: 'name', value: stored.name, required: true, maxLength: 80,
    autocomplete: 'off', spellcheck: false,
  });
  return make('form', {
    onsubmit: (event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (name === stored.name) return;
      act(`Renaming ${stored.name}`, () => storedModels.rename(stored, name),
        `Renamed ${stored.name} to ${name}`);
    },
  }, make('label', {}, 'Name', field), make('button', {}, 'Rename'));
}

function copyForm(stored) {
  const select = make('select', { name: 'place' },
    ...placesToCopy(stored).map(({ id, label }) => make('option', { value: id }, label)));
  return make('form', {
    onsubmit: (event) => {
      event.preventDefault();
      act(`Copying ${stored.name}`, () => storedModels.copy(stored, select.value),
        `Copied ${stored.name} to ${placeOf(select.value).label}`);
    },
  }, make('label', {}, 'Copy to', select), make('button', {}, 'Copy'));
}

function downloadButton(stored, placeId, text) {
  return make('button', {
    type: 'button',
    onclick: () => act(`Downloading ${stored.name}`, () => storedModels.copy(stored, placeId),
      `Downloaded ${stored.name}`),
  }, text);
}

/** Asks again before it deletes: there is no way back. */
function deleteButton(stored) {
  const button = make('button', { type: 'button', className: 'bad' }, 'Delete');
  let isSure = false;
  button.addEventListener('click', () => {
    if (isSure) {
      act(`Deleting ${stored.name}`, () => storedModels.remove(stored), `Deleted ${stored.name}`);
      return;
    }
    isSure = true;
    button.textContent = 'Delete for good?';
  });
  button.addEventListener('blur', () => {
    isSure = false;
    button.textContent = 'Delete';
  });
  return button;
}

function itemOf(stored) {
  const { name, url, place, bytes, dateSaved } = stored;
  const more = make('div', { className: 'more', id: `more-${++lastId}`, hidden: true },
    // A server's copy cannot be read back to be checked, so that it is not moved.
    ...(place.id === 'server' ? [] : [renameForm(stored)]),
    copyForm(stored),
    make('div', { className: 'row' },
      downloadButton(stored, 'downloads', 'Download files'),
      downloadButton(stored, 'zip', 'Download .zip'),
      deleteButton(stored)),
  );
  const toggle = make('button', {
    type: 'button',
    'aria-expanded': 'false',
    'aria-controls': more.id,
    'aria-label': `More for ${name}`,
    onclick: () => {
      more.hidden = !more.hidden;
      toggle.setAttribute('aria-expanded', String(!more.hidden));
    },
  }, 'More');
  return make('li', {},
    make('div', { className: 'head' },
      make('div', { className: 'what' },
        make('b', {}, name),
        make('small', {}, `${place.label} · ${format.bytes(bytes)} · ${format.date(dateSaved)}`)),
      make('button', {
        type: 'button', 'aria-label': `Open ${name}`,
        onclick: () => open(() => url, { name, from: place.label }),
      }, 'Open'),
      toggle),
    more);
}

function show() {
  list.replaceChildren(...storedModels.list.map(itemOf));
  byId('stored').querySelector('.empty').hidden = storedModels.list.length > 0;
  byId('stored-problem').textContent = storedModels.problem;
  byId('stored-problem').hidden = storedModels.problem === '';
}

export function startStoredView() {
  byId('stored-title').tabIndex = -1;
  storedModels.addEventListener('change', show);
  // Other tabs and programs may have changed what is stored.
  addEventListener('focus', () => storedModels.refresh());
  addEventListener('storage', () => storedModels.refresh());
  storedModels.refresh();
}
