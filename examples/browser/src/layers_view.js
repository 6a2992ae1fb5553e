// The section "Layers": what the open model is made of.

import { byId, make } from './dom.js';
import * as format from './format.js';
import { opened } from './opened.js';

const bytesOfElement = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** Of all weights, as they are saved; text has no fixed size. */
function weightBytes(model) {
  return model.weights.reduce((all, { shape, dtype }) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return all + size * (bytesOfElement[dtype] ?? 0);
  }, 0);
}

function outputShape(layer) {
  try {
    return format.shape(layer.outputShape);
  } catch {
    return 'several'; // a layer that is used more than once
  }
}

/** Long names may break behind underscores. */
const breakable = (name) => name.split(/(?<=_)/).flatMap((part) => [part, make('wbr')]);

function row(layer) {
  return make('tr', {},
    make('td', {}, ...breakable(layer.name), make('small', {}, layer.getClassName())),
    make('td', {}, outputShape(layer)),
    make('td', {}, format.count(layer.countParams())),
  );
}

function fact(term, value) {
  return make('div', {}, make('dt', {}, term), make('dd', {}, value));
}

function show() {
  const { model, name, from } = opened;
  byId('model-body').hidden = false;
  byId('model').querySelector('.empty').hidden = true;
  byId('model-name').textContent = name;
  byId('model-facts').replaceChildren(
    fact('From', from),
    fact('Input', format.shape(model.inputShape)),
    fact('Parameters', format.count(model.countParams())),
    fact('Weights', format.bytes(weightBytes(model))),
  );
  byId('layers').tBodies[0].replaceChildren(...model.layers.map(row));
}

export function showLayers() {
  opened.whenChanged(show);
}
