// Folders in which saves build their files before these take their places. The native library knows
// those of killed saves by a lock, which Node does not have: here the name tells the process. So
// that neither takes the other's for left behind, the names differ.
import { crypto, fs, path } from './modules.js';

const longestReadableName = 180; // bytes; most file systems take 255

/** What the names start with of the folders, beside `name`, in which saves to it are built. */
export function stagingPrefix(name) {
  const bytes = Buffer.from(name);
  const shown = bytes.length <= longestReadableName ? name
    : crypto.createHash('sha256').update(bytes).digest('hex');
  return `.${shown}.tfjs-node-`;
}

/** Makes a folder in `parent` called `prefix`, our process, and something random. */
export async function makeStagingFolder(parent, prefix) {
  const suffix = crypto.randomBytes(8).toString('hex');
  const made = path.join(parent, `${prefix}${process.pid}-${suffix}`);
  await fs.mkdir(made);
  return made;
}

function isRunning(pid) {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes what killed saves left in `folder` under names that start with `prefix`. */
export async function removeStaleFolders(folder, prefix) {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const pid = /^\d+(?=-)/.exec(name.slice(prefix.length));
    if (!pid || isRunning(Number(pid))) continue;
    // Tidying up: that it fails is no failure of the save.
    await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Writes a new file and waits until it is on the disk. */
export async function writeFile(file, pieces, mode) {
  const handle = await fs.open(file, 'wx', mode);
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.byteLength;) {
        at += (await handle.write(piece, at, piece.byteLength - at)).bytesWritten;
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes what was done to the names in a folder last; not every system can. */
export async function syncFolder(folder) {
  try {
    const handle = await fs.open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch { /* Windows opens no folders */ }
}

/** Runs `work`, for which a file that is gone already is as good as done. */
export async function unlessGone(work) {
  try {
    return await work();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** lstat, or null when there is nothing. */
export function infoOf(file) {
  return fs.lstat(file).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

/** Links resolved as far as the path exists. */
export async function resolved(given) {
  const absolute = path.resolve(given);
  try {
    return await fs.realpath(absolute);
  } catch (error) {
    const parent = path.dirname(absolute);
    if (error.code !== 'ENOENT' || parent === absolute) throw error;
    return path.join(await resolved(parent), path.basename(absolute));
  }
}
