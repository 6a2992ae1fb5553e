// npy files (version 1.0), read in pages and in Node, written for the native command.

const arrayTypes = { '<f4': Float32Array, '<i4': Int32Array, '|b1': Uint8Array };
const dtypes = { '<f4': 'float32', '<i4': 'int32', '|b1': 'bool' };

/** @param {ArrayBuffer} buffer the file @return {{shape: number[], dtype: string, values}} */
export function parseNpy(buffer) {
  const length = new DataView(buffer).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(new Uint8Array(buffer, 10, length));
  const type = /'descr': '([^']+)'/.exec(header)[1];
  const dims = /'shape': \(([^)]*)\)/.exec(header)[1];
  if (!(type in dtypes)) throw new Error(`npy: type ${type}`);
  return {
    dtype: dtypes[type],
    shape: dims.split(',').filter((dim) => dim.trim() !== '').map(Number),
    values: new arrayTypes[type](buffer.slice(10 + length)),
  };
}

/** The file of float32 `values`. @return {Uint8Array} */
export function npyOf(values, shape) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${dims}), }`;
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + padded.length + 4 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  bytes.set(new TextEncoder().encode(padded), 10);
  bytes.set(new Uint8Array(Float32Array.from(values).buffer), 10 + padded.length);
  return bytes;
}
