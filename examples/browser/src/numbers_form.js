// Inputs as numbers, for models that do not take a picture: a field for each input.

import { byId, make } from './dom.js';
import * as format from './format.js';

const form = byId('try-numbers');
const unknownDim = 16; // length taken where the model takes any
const mostTyped = 2000; // numbers; beyond, nobody types them

/** The shape of one sample, with the batch axis. */
export const sampleShape = (shape) =>
  shape.map((dim, axis) => dim ?? (axis === 0 ? 1 : unknownDim));

const sizeOf = (shape) => shape.reduce((all, dim) => all * dim, 1);

const randomNumbers = (size) => Float32Array.from({ length: size }, () => Math.random());

let inputs = []; // {name, shape, dtype, size, field, values}

function fillRandom() {
  for (const input of inputs) {
    const isWhole = input.dtype !== 'float32';
    const values = randomNumbers(input.size);
    input.values = isWhole ? values.map((value) => Math.floor(2 * value)) : values;
    input.field.value = input.size > mostTyped ? '' : input.values.length === 0 ? ''
      : Array.from(input.values, (value) => (isWhole ? value : value.toFixed(2))).join(', ');
  }
}

function typed({ name, size, field }) {
  const words = field.value.split(/[\s,;[\]]+/).filter(Boolean);
  if (words.length !== size) {
    throw new Error(`${name} takes ${format.count(size)} numbers, but ${words.length} are given.`);
  }
  const wrong = words.find((word) => Number.isNaN(Number(word)));
  if (wrong !== undefined) throw new Error(`${name}: ${wrong} is no number.`);
  return Float32Array.from(words, Number);
}

/** [{values, shape, dtype}] of one sample. */
export function numbersGiven() {
  return inputs.map((input) => {
    const values = input.size > mostTyped ? input.values : typed(input);
    return { values, shape: input.shape, dtype: input.dtype };
  });
}

/** Shows a field for each input of `model`, filled with random numbers. */
export function showNumbersFor(model) {
  inputs = model.inputs.map(({ shape, dtype }, i) => {
    const sample = sampleShape(shape);
    const size = sizeOf(sample);
    const isTyped = size <= mostTyped;
    const field = make('textarea', {
      rows: size > 40 ? 5 : 3, spellcheck: false, disabled: !isTyped,
      placeholder: isTyped ? '' : `${format.count(size)} random numbers`,
    });
    return { name: model.inputNames[i], shape: sample, dtype, size, field };
  });
  form.querySelector('[data-inputs]').replaceChildren(...inputs.map(({ name, shape, field }) =>
    make('label', {}, `${name}, shape ${format.shape(shape)}`, field)));
  fillRandom();
}

/** @param {() => void} onGiven called when the numbers are others */
export function startNumbers(onGiven) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onGiven();
  });
  byId('random-numbers').addEventListener('click', () => {
    fillRandom();
    onGiven();
  });
}
