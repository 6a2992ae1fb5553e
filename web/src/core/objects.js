// JavaScript's side of the objects that live in the core: each is known by a number, and told to go
// when nobody holds it any more.

import { call } from './wasm.js';

/** One kind of object: `release` is the call that lets one go, `key` its argument. */
export class CoreObjects {
  #known = new Map(); // number -> WeakRef
  #release;
  #key;
  #gone = new FinalizationRegistry((number) => {
    // The number may be another object's by now, or released already with that.
    const known = this.#known.get(number);
    if (known === undefined || known.deref() !== undefined) return;
    this.#known.delete(number);
    call(this.#release, { [this.#key]: number });
  });

  constructor(release, key) {
    this.#release = release;
    this.#key = key;
  }

  /** The object of this number; made by `make` when there is none. */
  get(number, make) {
    const known = this.#known.get(number)?.deref();
    return known ?? this.add(number, make(number));
  }

  add(number, object) {
    this.#known.set(number, new WeakRef(object));
    this.#gone.register(object, number);
    return object;
  }
}
