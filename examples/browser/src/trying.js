// The section "Try it": a pad for models that take a picture, numbers for the others; and what the
// model makes of them.

import { byId } from './dom.js';
import { DrawPad } from './draw_pad.js';
import { digits } from './examples.js';
import { numbersGiven, sampleShape, showNumbersFor, startNumbers } from './numbers_form.js';
import { opened } from './opened.js';
import { pictureOf } from './picture.js';
import { showPrediction, showWords } from './prediction_view.js';
import * as tf from './tf.js';

const smallestPicture = 8;
let pad;
let example = 2; // the digit that "Draw an example" draws next

/** {height, width, channels} when the model takes one picture, else null. */
function pictureShape({ inputs }) {
  const [{ shape, dtype }, ...others] = inputs;
  if (others.length > 0 || shape.length !== 4 || dtype !== 'float32') return null;
  const [, height, width, channels] = sampleShape(shape);
  const isPicture = [1, 3].includes(channels) && Math.min(height, width) >= smallestPicture;
  return isPicture ? { height, width, channels } : null;
}

function predict(inputs) {
  const { model } = opened;
  const metadata = model.getUserDefinedMetadata() ?? {};
  const tensors = inputs.map(({ values, shape, dtype }) => tf.tensor(values, shape, dtype));
  const start = performance.now();
  const given = model.predict(tensors.length === 1 ? tensors[0] : tensors);
  const ms = performance.now() - start;
  const outputs = [given].flat().map((output, i) =>
    ({ name: model.outputNames[i], values: [...output.dataSync()], shape: output.shape }));
  const labels = Array.isArray(metadata.labels) ? metadata.labels.map(String) : null;
  showPrediction(outputs, { labels, ms, isTrained: metadata.trained !== false });
}

function attempt(work) {
  try {
    work();
  } catch (error) {
    showWords(`No prediction: ${error.message}`);
  }
}

function predictDrawing(strokes) {
  const picture = opened.model && pictureShape(opened.model);
  if (!picture) return;
  if (strokes.length === 0) return showWords('Draw a digit in the square.');
  attempt(() => {
    const { height, width, channels } = picture;
    const values = pictureOf(strokes, picture);
    predict([{ values, shape: [1, height, width, channels], dtype: 'float32' }]);
  });
}

const predictNumbers = () => attempt(() => predict(numbersGiven()));

function show() {
  byId('try').querySelector('.empty').hidden = true;
  byId('try-body').hidden = false;
  const isPicture = pictureShape(opened.model) !== null;
  byId('try-draw').hidden = !isPicture;
  byId('try-numbers').hidden = isPicture;
  if (isPicture) return predictDrawing(pad.strokes);
  showNumbersFor(opened.model);
  predictNumbers();
}

export function startTrying() {
  pad = new DrawPad(byId('pad'), predictDrawing);
  byId('pad-clear').addEventListener('click', () => (pad.strokes = []));
  byId('pad-example').addEventListener('click', () => {
    pad.strokes = structuredClone(digits[example]);
    example = (example + 1) % digits.length;
  });
  startNumbers(predictNumbers);
  opened.whenChanged(show);
}
