// Some files of a folder replaced together, in the order of steps that the native library takes
// where folders cannot be exchanged (Node has no call for that), so that either completes what the
// other began. The new files are complete in a subfolder, which is then renamed to `pendingFolder`:
// that rename is the moment of the save. From there they are moved over the old ones. A reader
// looks there first, so it finds the whole set at every moment; a save that finds a pending folder
// first completes it. A list in there names the old model's files that have to go, for whoever
// completes it. A folder that is not there yet is built beside its place and renamed.
import { invalidArgument, quoted, unavailable } from '../errors.js';
import { fs, path } from './modules.js';
import { infoOf, makeStagingFolder, removeStaleFolders, resolved, stagingPrefix, syncFolder,
  unlessGone, writeFile } from './staging.js';

/** While it exists, what is in it goes before the folder's files of the same names. */
export const pendingFolder = '.tfjs-pending';
const obsoleteList = '.tfjs-obsolete'; // paths with a NUL after each
const insidePrefix = '.tfjs-node-';
const mostTries = 100; // of what another save may get in the way of

/** Saves of this process to one folder, one after the other. */
const queues = new Map();

async function inTurn(folder, work) {
  const before = queues.get(folder) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(work);
  queues.set(folder, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(folder) === mine) queues.delete(folder);
  }
}

/** The old files that the pending folder's list names. */
async function obsoleteNames(pending) {
  const list = await fs.readFile(path.join(pending, obsoleteList), 'utf8').catch(() => '');
  return list.split('\0').filter((name) => name !== '');
}

/**
 * Moves the files of the pending folder, if there is one, to their places, and removes the old ones
 * on its list.
 */
export async function completePending(folder) {
  const pending = path.join(folder, pendingFolder);
  const names = await fs.readdir(pending).catch(() => null);
  if (names === null) return;
  for (const name of names) {
    if (name === obsoleteList) continue;
    await unlessGone(() => fs.rename(path.join(pending, name), path.join(folder, name)));
  }
  await syncFolder(folder);
  for (const name of await obsoleteNames(pending)) {
    if (!names.includes(name)) await removeInside(folder, name).catch(() => {});
  }
  await unlessGone(() => fs.unlink(path.join(pending, obsoleteList)));
  await fs.rmdir(pending).catch((error) => { // another save may have put its own there
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
  });
}

/** The moment of the save; a pending folder of another save is completed first. */
async function publish(staging, folder) {
  const pending = path.join(folder, pendingFolder);
  for (let tries = 1; ; ++tries) {
    await completePending(folder);
    try {
      await fs.rename(staging, pending);
      return;
    } catch (error) {
      const isTaken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code);
      if (!isTaken || tries === mostTries) throw error;
    }
  }
}

/** Removes a file of the model, unless its path passes through a link out of the folder. */
export async function removeInside(folder, relative) {
  const file = path.join(folder, relative);
  const parent = await unlessGone(() => fs.realpath(path.dirname(file)));
  const top = await fs.realpath(folder);
  if (parent === undefined || (parent !== top && !parent.startsWith(top + path.sep))) return;
  await unlessGone(() => fs.unlink(file));
}

async function stage(parent, prefix, files, folder) {
  await removeStaleFolders(parent, prefix);
  const staging = await makeStagingFolder(parent, prefix);
  try {
    for (const { name, pieces } of files) {
      const old = await infoOf(path.join(folder, name));
      if (old && !old.isFile() && !old.isSymbolicLink()) {
        throw invalidArgument(`cannot write ${quoted(path.join(folder, name))}: something else ` +
          'than a file is there');
      }
      const file = path.join(staging, name);
      await writeFile(file, pieces);
      if (old?.isFile()) await fs.chmod(file, old.mode & 0o7777);
    }
    await syncFolder(staging);
    return staging;
  } catch (error) {
    await fs.rm(staging, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

/** Renames the staged folder to its place; false when there is a folder already. */
async function becomeFolder(staging, folder) {
  if (await infoOf(folder)) return false;
  try {
    await fs.rename(staging, folder);
  } catch (error) {
    if (await infoOf(folder)) return false;
    throw error;
  }
  await syncFolder(path.dirname(folder));
  return true;
}

/**
 * The native library exchanges the whole folder for another, and with it what is being built
 * inside. Then there is nothing for it but to begin again.
 */
async function untilNotRemoved(folder, work) {
  for (let tries = 1; ; ++tries) {
    try {
      return await work();
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
      if (tries < mostTries) continue;
      throw unavailable(`cannot save to ${quoted(folder)}: other saves replace the folder, again ` +
        'and again', error);
    }
  }
}

async function replaceIn(folder, files, oldNames) {
  const isNew = !(await infoOf(folder));
  const parent = path.dirname(folder);
  if (isNew) await fs.mkdir(parent, { recursive: true });
  else await completePending(folder);
  const staging = isNew
    ? await stage(parent, stagingPrefix(path.basename(folder)), files, folder)
    : await stage(folder, insidePrefix, files, folder);
  try {
    if (isNew && await becomeFolder(staging, folder)) return;
    await completePending(folder);
    const isStale = (name) => files.every((file) => file.name !== name);
    const obsolete = [...await oldNames(folder)].filter(isStale);
    if (obsolete.length > 0) {
      const list = new TextEncoder().encode(obsolete.map((name) => `${name}\0`).join(''));
      await writeFile(path.join(staging, obsoleteList), [list]);
      await syncFolder(staging);
    }
    await publish(staging, folder);
    await syncFolder(folder);
    await completePending(folder);
  } finally {
    await fs.rm(staging, { recursive: true, force: true }).catch(() => {}); // gone if published
  }
}

/**
 * Puts `files` (`{name, pieces}`) in place of those that `oldNames(folder)` names; every other file
 * stays. The folder and its parents are made.
 */
export async function replaceFiles(given, files, oldNames) {
  const folder = await resolved(given);
  const info = await infoOf(folder);
  if (info && !info.isDirectory()) {
    throw invalidArgument(`cannot save to ${quoted(given)}: it is a file; a model is saved into ` +
      'a folder');
  }
  return inTurn(folder, () =>
    untilNotRemoved(folder, () => replaceIn(folder, files, oldNames)));
}

/** Replaces one file, which is built in a folder of its own beside it. */
export async function replaceFile(given, pieces) {
  const target = await resolved(given);
  const info = await infoOf(target);
  if (info && !info.isFile()) {
    throw invalidArgument(`cannot save to ${quoted(given)}: it is ` +
      `${info.isDirectory() ? 'a folder' : 'no regular file'}; this name means an archive in one ` +
      'file');
  }
  const parent = path.dirname(target);
  const name = path.basename(target);
  await fs.mkdir(parent, { recursive: true });
  return inTurn(target, () => untilNotRemoved(target, async () => {
    const staging = await stage(parent, stagingPrefix(name), [{ name, pieces }], parent);
    try {
      await fs.rename(path.join(staging, name), target);
      await syncFolder(parent);
    } finally {
      await fs.rm(staging, { recursive: true, force: true }).catch(() => {});
    }
  }));
}
