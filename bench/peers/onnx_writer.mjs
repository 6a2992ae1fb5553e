// Writes ONNX files: just enough of the protobuf encoding for a graph of nodes with float32 weights.
// Field numbers: onnx.proto3 of the ONNX project.

class Message {
  #parts = [];

  varint(field, value) {
    this.#key(field, 0);
    this.#parts.push(encodeVarint(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  float(field, value) {
    this.#key(field, 5);
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#parts.push(bytes);
    return this;
  }

  bytes(field, value) {
    const bytes = value instanceof Message ? value.finish() : Buffer.from(value);
    this.#key(field, 2);
    this.#parts.push(encodeVarint(BigInt(bytes.length)), bytes);
    return this;
  }

  finish() {
    return Buffer.concat(this.#parts);
  }

  #key(field, wireType) {
    this.#parts.push(encodeVarint(BigInt(field * 8 + wireType)));
  }
}

function encodeVarint(value) {
  const out = [];
  while (value > 127n) {
    out.push(Number(value & 127n) | 128);
    value >>= 7n;
  }
  out.push(Number(value));
  return Buffer.from(out);
}

function attribute(name, value) {
  const message = new Message().bytes(1, name);
  if (typeof value === 'string') return message.bytes(4, value).varint(20, 3);
  if (typeof value === 'number') {
    return Number.isInteger(value) ? message.varint(3, value).varint(20, 2) : message.float(2, value).varint(20, 1);
  }
  if (typeof value[0] === 'string') {
    for (const text of value) message.bytes(9, text);
    return message.varint(20, 8);
  }
  for (const integer of value) message.varint(8, integer);
  return message.varint(20, 7);
}

function valueInfo(name, shape) {
  const dims = new Message();
  for (const dim of shape) {
    dims.bytes(1, typeof dim === 'string' ? new Message().bytes(2, dim) : new Message().varint(1, dim));
  }
  const tensorType = new Message().varint(1, 1).bytes(2, dims);
  return new Message().bytes(1, name).bytes(2, new Message().bytes(1, tensorType));
}

/** Collects nodes and weights, then gives the bytes of the .onnx file. */
export class OnnxGraph {
  #nodes = [];
  #weights = [];
  #names = 0;

  /** Adds a node with one output; returns the output's name. */
  node(op, inputs, attributes = {}, outputs = [`t${this.#names++}`]) {
    const message = new Message();
    for (const input of inputs) message.bytes(1, input);
    for (const output of outputs) message.bytes(2, output);
    message.bytes(4, op);
    for (const [name, value] of Object.entries(attributes)) message.bytes(5, attribute(name, value));
    this.#nodes.push(message);
    return outputs[0];
  }

  /** Adds a constant; `values` is a Float32Array, or an array of integers (int64). */
  weight(values, shape) {
    const name = `w${this.#names++}`;
    const message = new Message();
    for (const dim of shape) message.varint(1, dim);
    const isFloat = values instanceof Float32Array;
    message.varint(2, isFloat ? 1 : 7).bytes(8, name);
    const raw = isFloat ? values : BigInt64Array.from(values, BigInt);
    message.bytes(9, Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
    this.#weights.push(message);
    return name;
  }

  finish(input, output) {
    const graph = new Message();
    for (const node of this.#nodes) graph.bytes(1, node);
    graph.bytes(2, 'bench');
    for (const weight of this.#weights) graph.bytes(5, weight);
    graph.bytes(11, valueInfo(input.name, input.shape)).bytes(12, valueInfo(output.name, output.shape));
    const opset = new Message().bytes(1, '').varint(2, 17);
    return new Message().varint(1, 8).bytes(7, graph).bytes(8, opset).finish();
  }
}
