// Random choices that a seed decides: the same seed gives the same model everywhere.

/** A stream of numbers in [0, 1) (mulberry32). */
function stream(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export class Draw {
  constructor(seed) {
    this.next = stream(seed);
    for (let i = 0; i < 4; ++i) this.next();
  }
  /** An integer from `low` to `high`, both included. */
  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  real(low, high) {
    return low + this.next() * (high - low);
  }
  chance(probability) {
    return this.next() < probability;
  }
  pick(list) {
    return list[this.int(0, list.length - 1)];
  }
  normal() {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
  /** A number of channels: mostly no multiple of a vector register's width. */
  channels() {
    return this.chance(0.06) ? this.pick([48, 64, 65, 100]) : this.pick([1, 2, 3, 3, 4, 5, 7, 8, 9, 12, 16, 17, 33]);
  }
  /** One number for all axes, or a list of one each: both are legal wherever sizes are. */
  sizes(count, one) {
    if (this.chance(0.4)) return one();
    return Array.from({length: count}, one);
  }
  /** The options of `choices` that are wanted this time: {key: () => value}. */
  some(choices, probability = 0.4) {
    const out = {};
    for (const [key, value] of Object.entries(choices)) {
      if (this.chance(probability)) out[key] = value();
    }
    return out;
  }
}
