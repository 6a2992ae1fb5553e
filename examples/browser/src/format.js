// Numbers, sizes, dates and shapes as people read them.

const units = ['bytes', 'kB', 'MB', 'GB'];

export const count = (value) => value.toLocaleString('en');

/** "1 byte", "312 bytes", "84.6 kB". */
export function bytes(value) {
  if (value === 1) return '1 byte';
  let unit = 0;
  let shown = value;
  while (shown >= 999.5 && unit < units.length - 1) {
    shown /= 1000;
    ++unit;
  }
  return `${unit === 0 ? shown : shown.toPrecision(3)} ${units[unit]}`;
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const date = (value) => (value instanceof Date ? dates.format(value) : 'unknown date');

const isOneShape = (shape) => !Array.isArray(shape[0]);

/** "[null, 28, 28, 1]"; of several shapes a line each. */
export function shape(value) {
  if (!isOneShape(value)) return value.map(shape).join('\n');
  return `[${value.map((dim) => dim ?? 'null').join(', ')}]`;
}

/** A number of a prediction, in few digits. */
export function number(value) {
  if (!Number.isFinite(value)) return String(value);
  const small = Math.abs(value) < 0.001 && value !== 0;
  return small || Math.abs(value) >= 100000 ? value.toExponential(2) : value.toFixed(3);
}
