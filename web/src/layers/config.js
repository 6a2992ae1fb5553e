// The config a page gives to tf.layers.dense() and the others, as the core reads configs: plain
// JSON, in which inner layers and initializers are {class_name, config}.

/**
 * @param {string} what the function called, for messages: 'tf.layers.dense'
 * @return {{config: object, weights: Tensor[]|null}}
 */
export function coreConfig(args, what) {
  if (args === null || typeof args !== 'object' || Array.isArray(args)) {
    throw new Error(`${what}: expected a config object, but got ${JSON.stringify(args)}`);
  }
  const { inputShape, batchSize, inputDType, weights = null, ...rest } = args;
  const config = {};
  for (const [key, value] of Object.entries(rest)) {
    if (value !== undefined) config[key] = plain(value, `${what}: ${key}`);
  }
  if (inputShape !== undefined && config.batchInputShape === undefined) {
    if (!Array.isArray(inputShape)) {
      throw new Error(`${what}: inputShape: expected an array, got ${JSON.stringify(inputShape)}`);
    }
    config.batchInputShape = [batchSize ?? null, ...inputShape];
  }
  if (inputDType !== undefined) config.dtype ??= inputDType;
  return { config, weights };
}

function plain(value, what) {
  if (typeof value === 'function') {
    throw new Error(`${what}: functions cannot be saved in a model; give the name instead`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`${what}: expected a finite number, but got ${value}`);
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((element) => plain(element, what));
  // Layers, models, initializers, regularizers, constraints.
  if (typeof value.described === 'function') return value.described();
  if (typeof value.className === 'string' && value.config !== undefined) {
    return { class_name: value.className, config: plain(value.config, what) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, what)]));
}
