// From the spelling of files to JavaScript's, by TensorFlow.js's rules: keys and texts are converted,
// but for names.

function camelCase(text) {
  return text.length <= 1 ? text : text.replace(/_+(\w|$)/g, (_, letter) => letter.toUpperCase());
}

/** A config of model.json as getConfig() gives it. */
export function inCamelCase(config, key = '') {
  if (typeof config === 'string') return key === 'name' ? config : camelCase(config);
  if (Array.isArray(config)) {
    const isNode = ['inbound_nodes', 'input_layers', 'output_layers'].includes(key);
    return config.map((element, i) =>
      isNode && i === 0 && typeof element === 'string' ? element : inCamelCase(element, key),
    );
  }
  if (config === null || typeof config !== 'object') return config;
  return Object.fromEntries(
    Object.entries(config).map(([inner, value]) => [camelCase(inner), inCamelCase(value, inner)]),
  );
}
