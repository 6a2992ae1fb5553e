// Initializers, regularizers and constraints: descriptions that a layer's config takes, and that the
// core makes the real thing of. {className, config} with the keys of files, as getConfig() gives.

const snakeCase = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export class Described {
  constructor(className, args) {
    this.className = className;
    this.config = Object.fromEntries(
      Object.entries(args).map(([key, value]) => [snakeCase(key), value]),
    );
  }
  getClassName() {
    return this.className;
  }
  /** As files have it. */
  described() {
    return { class_name: this.className, config: this.config };
  }
  getConfig() {
    return { ...this.config };
  }
}

export const describer = (className, defaults = {}) => (args = {}) =>
  new Described(className, { ...defaults, ...args });
