// Node's own modules, asked for when needed: a bundler for browsers must not look for them, so the
// name is put together here and the comments tell it to leave the call alone.

/** Whether this is Node (or a runtime with its modules, such as Bun). */
export const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined &&
  globalThis.document === undefined;

export function importNode(name) {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ `node:${name}`);
}
