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

/**
 * Columns line up in tensors of two axes and more; a blank line more stands between the blocks of
 * each further axis.
 *
 * @param {{values: ArrayLike, shape: number[], dtype: string}} tensor
 */
export function formatTensor({ values, shape, dtype }, verbose = false) {
  const rank = shape.length;
  const shown = (length) =>
    length <= LONGEST
      ? [...Array(length).keys()]
      : [...Array(EDGE).keys(), -1, ...Array.from({ length: EDGE }, (_, i) => length - EDGE + i)];
  const textAt = (index) => elementAt(values, dtype, index);

  const widths = rank < 2 ? [] : columnWidths(shape, textAt, shown(shape[rank - 1]));
  const render = (axis, offset) => {
    if (axis === rank) return dtype === 'string' && rank === 0 ? values[0] : textAt(offset);
    const stride = shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
    const parts = shown(shape[axis]).map((i) => {
      if (i < 0) return '...';
      const text = render(axis + 1, offset + i * stride);
      return axis === rank - 1 ? text.padEnd(widths[i] ?? 0) : text;
    });
    const isRow = axis === rank - 1;
    const separator = isRow ? ', ' : `,${'\n'.repeat(rank - 1 - axis)}${' '.repeat(axis + 5)}`;
    return `[${parts.join(separator)}]`;
  };
  const head = verbose
    ? ['Tensor', `  dtype: ${dtype}`, `  rank: ${rank}`, `  shape: [${shape}]`, '  values:']
    : ['Tensor'];
  return [...head, `    ${render(0, 0)}`].join('\n');
}

/** The width of each column that is shown: that of its longest element. */
function columnWidths(shape, textAt, columns) {
  const length = shape[shape.length - 1];
  const rows = shape.slice(0, -1).reduce((size, dim) => size * dim, 1);
  const widths = [];
  for (const column of columns) {
    if (column < 0) continue;
    widths[column] = 0;
    for (let row = 0; row < rows; ++row) {
      widths[column] = Math.max(widths[column], textAt(row * length + column).length);
    }
  }
  return widths;
}
