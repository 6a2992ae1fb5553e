// The text of tensor.toString() and tensor.print(): nested brackets, long axes shortened.

const EDGE = 3; // elements shown at either end of an axis that is shortened
const LONGEST = 20; // elements of an axis that are shown in full

function elementText(value, dtype) {
  if (dtype === 'string') return `'${value}'`;
  if (dtype === 'bool') return value ? 'true' : 'false';
  return String(parseFloat(value.toFixed(7)));
}

/** Element `index`; of complex64 a pair of floats. */
function elementAt(values, dtype, index) {
  if (dtype !== 'complex64') return elementText(values[index], dtype);
  const [re, im] = [values[2 * index], values[2 * index + 1]];
  return `${elementText(re, 'float32')} + ${elementText(im, 'float32')}j`;
}

/** @param {{values: ArrayLike, shape: number[], dtype: string}} tensor */
export function formatTensor({ values, shape, dtype }, verbose = false) {
  const shown = (length) =>
    length <= LONGEST
      ? [...Array(length).keys()]
      : [...Array(EDGE).keys(), -1, ...Array.from({ length: EDGE }, (_, i) => length - EDGE + i)];

  const texts = [];
  const collect = (axis, offset) => {
    if (axis === shape.length) return [elementAt(values, dtype, offset)];
    const stride = shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
    return shown(shape[axis]).map((i) => (i < 0 ? '...' : collect(axis + 1, offset + i * stride)));
  };
  const tree = collect(0, 0);
  const width = Math.max(0, ...[tree].flat(Infinity).map((text) => text.length));

  const render = (node, depth) => {
    if (!Array.isArray(node)) return node === '...' ? node : node.padEnd(width);
    if (depth === shape.length) return render(node[0], depth);
    const indent = ' '.repeat(depth + 5);
    const separator = depth === shape.length - 1 ? ', ' : `,\n${indent}`;
    return `[${node.map((child) => render(child, depth + 1)).join(separator)}]`;
  };
  const body = shape.length === 0 ? elementAt(values, dtype, 0) : render(tree, 0);
  if (verbose) {
    texts.push('Tensor', `  dtype: ${dtype}`, `  rank: ${shape.length}`);
    texts.push(`  shape: [${shape}]`, '  values:');
  } else {
    texts.push('Tensor');
  }
  texts.push(`    ${body}`);
  return texts.join('\n');
}
