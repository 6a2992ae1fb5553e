// The source "Build": a preset, and a form that adds layers to it. The model is made anew at each
// step; one that cannot be made leaves the recipe as it was, and the page says why.

import { byId, make } from './dom.js';
import * as format from './format.js';
import { showProblem } from './job.js';
import { layerKinds, modelOf, presets } from './layer_kinds.js';
import { opened } from './opened.js';

const list = byId('recipe');
const form = byId('add-layer');
const shapeField = byId('input-shape');

let recipe = { name: 'my-model', inputShape: [28, 28, 1], layers: [] };

/** Takes `next` as the recipe if a model can be made of it. */
function change(next) {
  try {
    if (next.layers.length > 0) {
      opened.set(modelOf(next), { name: next.name, from: 'built here' });
    }
    recipe = next;
  } catch (error) {
    showProblem('These layers make no model', error);
  }
  show();
}

function remove(index) {
  change({ ...recipe, layers: recipe.layers.filter((_, i) => i !== index) });
  (list.querySelectorAll('button')[Math.max(0, index - 1)] ?? form.elements.type).focus();
}

function show() {
  shapeField.value = recipe.inputShape.join(', ');
  list.replaceChildren(
    ...recipe.layers.map(({ kind, values }, i) => {
      const about = Object.values(values).join(', ');
      return make('li', {},
        make('span', {}, kind, ' ', make('small', {}, about)),
        make('button', {
          type: 'button',
          className: 'small',
          'aria-label': `Remove layer ${i + 1}, ${kind}`,
          onclick: () => remove(i),
        }, 'Remove'),
      );
    }),
  );
}

function fieldOf({ name, label, value, options, most }) {
  const control = options
    ? make('select', { name }, ...options.map((each) =>
        make('option', { value: each, selected: each === value }, each)))
    : make('input', { name, type: 'text', inputMode: 'numeric', value, required: true });
  if (most) Object.assign(control, { pattern: '[0-9]+', title: `a number from 1 to ${most}` });
  return make('label', {}, label, control);
}

function showFields() {
  const { fields } = layerKinds[form.elements.type.value];
  form.querySelector('[data-fields]').replaceChildren(...fields.map(fieldOf));
}

/** What the form says, as the values of a layer. */
function valuesOf(kind) {
  return Object.fromEntries(
    layerKinds[kind].fields.map(({ name, label, most }) => {
      const { value } = form.elements[name];
      if (most === undefined) return [name, value];
      if (Number(value) >= 1 && Number(value) <= most) return [name, Number(value)];
      throw new Error(`${label} must be a number from 1 to ${most}, not ${value}`);
    }),
  );
}

function addLayer(event) {
  event.preventDefault();
  const kind = form.elements.type.value;
  try {
    change({ ...recipe, layers: [...recipe.layers, { kind, values: valuesOf(kind) }] });
  } catch (error) {
    showProblem('No layer was added', error);
  }
}

function changeShape() {
  const inputShape = shapeField.value.split(/[,x×\s]+/).filter(Boolean).map(Number);
  const isShape = inputShape.length > 0 &&
    inputShape.every((dim) => Number.isInteger(dim) && dim >= 1 && dim <= 4096);
  if (isShape) return change({ ...recipe, inputShape });
  showProblem('The input shape is as it was',
    new Error(`A shape is numbers from 1 to 4096, as in 28, 28, 1; not ${shapeField.value}`));
  show();
}

export function startBuilding() {
  byId('presets').append(...presets.map((preset) =>
    make('button', {
      type: 'button',
      title: `Input ${format.shape([null, ...preset.inputShape])}`,
      onclick: () => change(preset),
    }, preset.label)));
  form.elements.type.append(
    ...Object.keys(layerKinds).map((kind) => make('option', { value: kind }, kind)));
  form.elements.type.addEventListener('change', showFields);
  form.addEventListener('submit', addLayer);
  shapeField.addEventListener('change', changeShape);
  showFields();
  show();
}
