// How a prediction is shown: probabilities as bars with an answer, other numbers as they are.

import { byId, make } from './dom.js';
import * as format from './format.js';

const mostBars = 10;
const root = byId('prediction');

const percent = (value) => `${(100 * value).toFixed(1)} %`;

function areProbabilities(values) {
  const sum = values.reduce((all, value) => all + value, 0);
  return values.length > 1 && Math.abs(sum - 1) < 0.01 && values.every((value) => value >= 0);
}

/** Rows of [label, value]: in their order when they are few, the largest first when many. */
function rowsOf(values, labels) {
  const rows = Array.from(values, (value, i) => [labels?.[i] ?? String(i), value]);
  if (rows.length <= mostBars) return rows;
  return rows.sort(([, a], [, b]) => b - a).slice(0, mostBars);
}

function bars(rows, { largest, best, text }) {
  return make('ul', { className: 'bars' }, ...rows.map(([label, value]) => {
    const fill = make('i');
    fill.style.width = `${(100 * Math.abs(value)) / largest}%`;
    return make('li', { className: value === best ? 'best' : '' },
      make('span', {}, label),
      make('span', { className: 'bar', 'aria-hidden': 'true' }, fill),
      make('span', { className: 'value' }, text(value)));
  }));
}

/** Text that is read out only when it becomes another. */
function sentence(...parts) {
  let place = root.querySelector('.answer');
  if (!place) {
    place = make('p', { className: 'answer', 'aria-live': 'polite' });
    root.replaceChildren(place);
  }
  const next = make('p', {}, ...parts);
  if (place.innerText !== next.textContent) place.replaceChildren(...next.childNodes);
  return place;
}

/** Says something in place of a prediction. */
export function showWords(text) {
  root.replaceChildren(sentence(text));
}

function listOf({ name, values, shape }, labels) {
  if (!areProbabilities(values)) {
    const rows = rowsOf(values, null);
    const largest = Math.max(...rows.map(([, value]) => Math.abs(value))) || 1;
    const size = format.count(values.length);
    const which = values.length > mostBars ? `: the ${mostBars} largest of ${size}` : '';
    return [
      make('p', { className: 'note' }, `${name}, shape ${format.shape(shape)}${which}`),
      bars(rows, { largest, best: null, text: format.number }),
    ];
  }
  const rows = rowsOf(values, labels);
  return [bars(rows, { largest: 1, best: Math.max(...values), text: percent })];
}

/**
 * @param {Array<{name, values, shape}>} outputs of the first sample
 * @param {{labels?: string[], ms: number, isTrained: boolean}} about
 */
export function showPrediction(outputs, { labels, ms, isTrained }) {
  const [{ values }] = outputs;
  const isChoice = outputs.length === 1 && areProbabilities(values);
  const best = values.indexOf(Math.max(...values));
  const begin = labels ? 'It reads ' : 'Most likely: class ';
  const answer = isChoice
    ? sentence(begin, make('b', {}, labels?.[best] ?? String(best)))
    : sentence('It gives');
  const time = make('p', { className: 'note' },
    `Took ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms.` +
      (isTrained ? '' : ' The weights are random: this model has learned nothing yet.'));
  root.replaceChildren(answer, ...outputs.flatMap((output) => listOf(output, labels)), time);
}
