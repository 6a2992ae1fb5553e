// tf.wasm: the threads of the core, under the names of TensorFlow.js's WebAssembly backend.

/**
 * Bounds the threads of predictions from now on; more than there can be count as all. Throws unless
 * `count` is a whole number of at least 1.
 */
export declare function setThreadsCount(count: number): void;
/**
 * The most threads that a prediction uses. In pages and workers that are `crossOriginIsolated`, all
 * the processor has, unless less was set; elsewhere 1.
 */
export declare function getThreadsCount(): number;
