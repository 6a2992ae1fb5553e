// Node's modules for the files beside this one. They are here once `ready` is done: awaiting them
// at the top of a module is not something that bundlers for browsers let pass.
import { importNode } from '../../core/node.js';

export let fs;
export let path;
export let crypto;

/** Asks for the modules; must be done before any function of this folder is called. */
export async function ready() {
  [fs, path, crypto] = await Promise.all(['fs/promises', 'path', 'crypto'].map(importNode));
}
