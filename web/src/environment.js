// What pages written for TensorFlow.js call around their models. There is one backend, which is
// ready when this package is, and tensors are garbage collected.

export const version = {};

export async function ready() {}
export function getBackend() {
  return 'wasm';
}
/** True when the backend is the one there is. */
export async function setBackend(name) {
  return name === 'wasm';
}

/** Runs `work`; its tensors go when nobody holds them. @param {string|function} nameOrWork */
export function tidy(nameOrWork, work) {
  const result = (work ?? nameOrWork)();
  // As TensorFlow.js: said, but not thrown.
  if (typeof result?.then === 'function') console.error('Cannot return a Promise inside of tidy.');
  return result;
}
export function keep(tensor) {
  return tensor;
}
/** Disposes the tensors in a tensor, an array or an object. */
export function dispose(container) {
  if (typeof container?.dispose === 'function') container.dispose();
  else if (container !== null && typeof container === 'object') Object.values(container).forEach(dispose);
}
export async function nextFrame() {
  const later = globalThis.requestAnimationFrame ?? setTimeout;
  return new Promise((resolve) => later(() => resolve()));
}
