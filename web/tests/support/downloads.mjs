// Files that a page downloads, as they arrive in the folder of the browser.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whole when it is there under its own name, not empty, and no partial file is beside it. */
function isWhole(folder, name) {
  const names = readdirSync(folder);
  const isPartial = (other) => /\.(part|crdownload)$/.test(other);
  return names.includes(name) && !names.some(isPartial) &&
    readFileSync(join(folder, name)).length > 0;
}

/** Waits for all of `names`; gives their paths. */
export async function arrived(folder, names, { timeoutMs = 20_000 } = {}) {
  const end = performance.now() + timeoutMs;
  while (!names.every((name) => isWhole(folder, name))) {
    if (performance.now() > end) {
      throw new Error(`waited for ${names}, but the downloads are ${readdirSync(folder)}`);
    }
    await pause(50);
  }
  return names.map((name) => join(folder, name));
}
