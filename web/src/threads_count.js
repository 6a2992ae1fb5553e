// tf.wasm: what pages say to TensorFlow.js's WebAssembly backend about threads. There are several in
// pages and workers that are crossOriginIsolated, and one elsewhere.

import { call } from './core/wasm.js';

const most = call('about').threads;
let count = most;

/**
 * Bounds the threads of predictions from now on.
 * @param {number} wanted at least 1; more than there can be count as all
 */
export function setThreadsCount(wanted) {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new Error(`setThreadsCount: expected a whole number of at least 1, got ${wanted}`);
  }
  count = Math.min(wanted, most);
}

/** The most threads that a prediction uses: all the processor has, unless less was set. */
export function getThreadsCount() {
  return count;
}
