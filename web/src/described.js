// Initializers, regularizers and constraints: descriptions that a layer's config takes, and that the
// core makes the real thing of. {className, config}, the config spelt as in JavaScript.

export class Described {
  constructor(className, args) {
    this.className = className;
    this.config = args;
  }
  getClassName() {
    return this.className;
  }
  /** As the core reads it, which takes both spellings. */
  described() {
    return { class_name: this.className, config: this.config };
  }
  getConfig() {
    return { ...this.config };
  }
}

export const describer = (className, defaults = {}) => (args = {}) =>
  new Described(className, { ...defaults, ...args });
