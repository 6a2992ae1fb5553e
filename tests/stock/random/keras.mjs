// A model.json of stock TensorFlow.js, told again as Python's converter writes the same model out of
// Keras 2 (which stock reads) or Keras 3 (which it does not).

const recurrent = /^(SimpleRNN|GRU|LSTM|ConvLSTM2D)$/;

/** What Keras writes around initializers, regularizers and constraints. */
function asObject(value, wraps) {
  return wraps && value && value.class_name ? {module: 'keras', ...value, registered_name: null} : value;
}

function layerConfig({class_name: name, config}, style) {
  const out = {};
  for (const [key, value] of Object.entries(config)) {
    if (key === 'layer') out.layer = layer(value, style);
    else if (key === 'cell') out.cell = layer(value, style);
    else if (key === 'cells') out.cells = value.map((cell) => layer(cell, style));
    else if (key === 'batch_input_shape' && style.keras3 && name === 'InputLayer') out.batch_shape = value;
    else if (/_(initializer|regularizer|constraint)$/.test(key)) out[key] = asObject(value, style.wraps);
    else out[key] = value;
  }
  out.dtype = out.dtype ?? 'float32';
  if (style.keras3) {
    out.dtype = {module: 'keras', class_name: 'DTypePolicy', config: {name: out.dtype}, registered_name: null};
  }
  if (name === 'BatchNormalization' && out.axis > 0 && !style.keras3) out.axis = [out.axis];
  if (name === 'InputLayer') out.ragged = false;
  if (/^Conv\dD$/.test(name)) out.groups = 1;
  if (recurrent.test(name)) out.time_major = false;
  return out;
}

const containers = /^(Model|Functional|Sequential)$/;

function layer(json, style) {
  const {class_name: name, config, ...rest} = json;
  if (containers.test(name)) return {...rest, ...modelOf(json, style)};
  return {...rest, class_name: name, config: layerConfig(json, style)};
}

/** One call as Keras 3 has it. Recurrent layers take what follows the first tensor as initial states. */
function keras3Call(node, name, models) {
  const tensors = node.map(([from, index, tensor]) => ({class_name: '__keras_tensor__', config: {shape: [null], dtype: 'float32',
    keras_history: [from, models.has(from) ? index - 1 : index, tensor]}}));
  const [first, ...others] = tensors;
  if (others.length === 0) return {args: [first], kwargs: {training: null}};
  if (/^(RNN|Bidirectional)$/.test(name) || recurrent.test(name)) return {args: [first], kwargs: {initial_state: others}};
  return {args: [tensors], kwargs: {}};
}

function modelOf({class_name: name, config}, style) {
  const layers = config.layers.map((one) => layer(one, style));
  const out = {class_name: name === 'Sequential' ? name : 'Functional', config: {...config, layers}};
  if (name === 'Sequential') {
    const [{class_name: firstName, config: first}] = config.layers;
    if (first.batch_input_shape && firstName !== 'InputLayer') {
      const input = {class_name: 'InputLayer', config: {batch_input_shape: first.batch_input_shape, dtype: first.dtype ?? 'float32',
        sparse: false, name: `${first.name}_input`}};
      layers.unshift(layer(input, style));
    }
    return out;
  }
  if (!style.keras3) {
    for (const one of layers) one.inbound_nodes = one.inbound_nodes.map((node) => node.map(([a, b, c]) => style.short ? [a, b, c] : [a, b, c, {}]));
    return out;
  }
  const models = new Map(layers.filter((one) => containers.test(one.class_name)).map((one) => [one.name, one.class_name]));
  for (const one of layers) one.inbound_nodes = one.inbound_nodes.map((node) => keras3Call(node, one.class_name, models));
  out.config.output_layers = config.output_layers.map(([a, index, c]) => [a, models.get(a) === 'Sequential' ? index - 1 : index, c]);
  if (out.config.output_layers.length === 1) [out.config.output_layers] = out.config.output_layers;
  return out;
}

/** Names of recurrent layers' weights with the cell in them. */
function cellNames(topology) {
  const out = new Set();
  const visit = ({class_name: name, config}) => {
    if (recurrent.test(name) || name === 'Bidirectional') out.add(config.name);
    (config.layers ?? []).forEach(visit);
  };
  visit(topology);
  return out;
}

/**
 * {topology, weights, pieces} of a model.json: `pieces` are sizes of the files that hold the weights.
 * style: {keras3, wraps: whether initializers carry their module, short: calls without kwargs}
 */
export function asKeras(json, style) {
  const {class_name, config} = json.modelTopology;
  const cells = cellNames(json.modelTopology);
  const weights = json.weightsManifest.flatMap((group) => group.weights).map((weight) => {
    const parts = weight.name.split('/');
    if (cells.has(parts[0])) parts.splice(-1, 0, 'some_cell_1');
    if (style.keras3) parts.unshift(config.name);
    return {...weight, name: parts.join('/')};
  });
  const topology = {keras_version: style.keras3 ? '3.3.3' : '2.15.0', backend: 'tensorflow',
    model_config: modelOf({class_name, config}, style)};
  return {format: 'layers-model', generatedBy: 'keras', convertedBy: 'TensorFlow.js Converter v4.22.0', modelTopology: topology, weights};
}
