// A TensorFlow.js Layers model as ONNX (NCHW, as ONNX Runtime likes it best): the layers the benchmark models use.
import {transpose} from '@tensorflow/tfjs-core';
import {OnnxGraph} from './onnx_writer.mjs';

/** Per layer class: (graph, layer, inputs) => output name. */
const exporters = {
  InputLayer: (graph, layer, inputs) => inputs[0],
  Conv2D: (graph, layer, inputs) => withActivation(graph, layer, convolution(graph, layer, inputs[0], false)),
  DepthwiseConv2D: (graph, layer, inputs) => withActivation(graph, layer, convolution(graph, layer, inputs[0], true)),
  BatchNormalization: (graph, layer, inputs) => {
    const parameters = layer.getWeights().map((w) => graph.weight(w.dataSync(), w.shape));
    return graph.node('BatchNormalization', [inputs[0], ...parameters], {epsilon: layer.getConfig().epsilon});
  },
  ReLU: (graph, layer, inputs) => relu(graph, inputs[0], layer.getConfig().maxValue),
  Activation: (graph, layer, inputs) => activation(graph, layer.getConfig().activation, inputs[0]),
  Add: (graph, layer, inputs) => graph.node('Add', inputs),
  ZeroPadding2D: (graph, layer, inputs) => {
    const [[top, bottom], [left, right]] = layer.getConfig().padding;
    const pads = graph.weight([0, 0, top, left, 0, 0, bottom, right], [8]);
    return graph.node('Pad', [inputs[0], pads]);
  },
  MaxPooling2D: (graph, layer, inputs) => {
    const {poolSize, strides, padding} = layer.getConfig();
    return graph.node('MaxPool', inputs, {kernel_shape: poolSize, strides,
                                          pads: pads(layer.inboundNodes[0].inputShapes[0], poolSize, strides, padding)});
  },
  GlobalAveragePooling2D: (graph, layer, inputs) => {
    return graph.node('Flatten', [graph.node('GlobalAveragePool', inputs)], {axis: 1});
  },
  Flatten: (graph, layer, inputs) => {
    const nhwc = graph.node('Transpose', inputs, {perm: [0, 2, 3, 1]});
    return graph.node('Flatten', [nhwc], {axis: 1});
  },
  Dense: (graph, layer, inputs) => {
    const [kernel, bias] = layer.getWeights();
    const parameters = [graph.weight(kernel.dataSync(), kernel.shape), graph.weight(bias.dataSync(), bias.shape)];
    return activation(graph, layer.getConfig().activation, graph.node('Gemm', [inputs[0], ...parameters]));
  },
  LSTM: (graph, layer, inputs) => {
    const config = layer.getConfig();
    const [kernel, recurrent, bias] = layer.getWeights();
    const units = config.units;
    const rows = (tensor, depth) => onnxGates(tensor.dataSync(), depth, units);
    const biases = new Float32Array(8 * units);
    biases.set(onnxGates(bias.dataSync(), 1, units));
    const sequence = graph.node('Transpose', inputs, {perm: [1, 0, 2]});
    const weights = [graph.weight(rows(kernel, kernel.shape[0]), [1, 4 * units, kernel.shape[0]]),
                     graph.weight(rows(recurrent, units), [1, 4 * units, units]),
                     graph.weight(biases, [1, 8 * units])];
    graph.node('LSTM', [sequence, ...weights], {hidden_size: units}, ['lstm_all', 'lstm_last']);
    return graph.node('Squeeze', ['lstm_last', graph.weight([0], [1])]);
  },
};

/** The bytes of the .onnx file; the input is NCHW for images, with a free batch axis. */
export function toOnnx(model) {
  const graph = new OnnxGraph();
  const outputs = new Map();
  for (const layer of model.layers) {
    const exporter = exporters[layer.getClassName()];
    if (!exporter) throw new Error(`no ONNX form of layer class ${layer.getClassName()}`);
    const sources = layer.inboundNodes[0].inboundLayers.map((source) => outputs.get(source.name));
    outputs.set(layer.name, exporter(graph, layer, sources.length > 0 ? sources : ['input']));
  }
  const output = graph.node('Identity', [outputs.get(model.layers.at(-1).name)], {}, ['output']);
  const shape = model.inputs[0].shape.slice(1);
  const input = shape.length === 3 ? [shape[2], shape[0], shape[1]] : shape;
  return graph.finish({name: 'input', shape: ['batch', ...input]},
                      {name: output, shape: ['batch', ...model.outputs[0].shape.slice(1)]});
}

function convolution(graph, layer, input, depthwise) {
  const {kernelSize, strides, padding} = layer.getConfig();
  const [kernel, bias] = layer.getWeights();
  const [height, width, channels, filters] = kernel.shape;
  const perm = depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1];
  const shape = depthwise ? [channels * filters, 1, height, width] : [filters, channels, height, width];
  const parameters = [graph.weight(transposed(kernel, perm), shape)];
  if (bias) parameters.push(graph.weight(bias.dataSync(), bias.shape));
  return graph.node('Conv', [input, ...parameters], {
    kernel_shape: kernelSize,
    strides,
    group: depthwise ? channels : 1,
    pads: pads(layer.inboundNodes[0].inputShapes[0], kernelSize, strides, padding),
  });
}

function pads(inputShape, kernel, strides, padding) {
  if (padding === 'valid') return [0, 0, 0, 0];
  const total = [0, 1].map((axis) => {
    const size = inputShape[axis + 1];
    return Math.max((Math.ceil(size / strides[axis]) - 1) * strides[axis] + kernel[axis] - size, 0);
  });
  const before = total.map((cells) => Math.floor(cells / 2));
  return [...before, total[0] - before[0], total[1] - before[1]];
}

function withActivation(graph, layer, input) {
  return activation(graph, layer.getConfig().activation, input);
}

function activation(graph, name, input) {
  const nodes = {linear: () => input, relu: () => graph.node('Relu', [input]), relu6: () => relu(graph, input, 6),
                 softmax: () => graph.node('Softmax', [input], {axis: -1})};
  if (!nodes[name]) throw new Error(`no ONNX form of activation ${name}`);
  return nodes[name]();
}

function relu(graph, input, maxValue) {
  if (maxValue == null) return graph.node('Relu', [input]);
  const bounds = [0, maxValue].map((value) => graph.weight(Float32Array.of(value), []));
  return graph.node('Clip', [input, ...bounds]);
}

function transposed(tensor, perm) {
  return transpose(tensor, perm).dataSync();
}

/** [depth, 4*units] in the order i, f, c, o to [4*units, depth] in the order i, o, f, c. */
function onnxGates(values, depth, units) {
  const out = new Float32Array(values.length);
  [0, 3, 1, 2].forEach((gate, block) => {
    for (let unit = 0; unit < units; ++unit) {
      for (let d = 0; d < depth; ++d) {
        out[(block * units + unit) * depth + d] = values[d * 4 * units + gate * units + unit];
      }
    }
  });
  return out;
}
