// Checks on the paths a weights manifest names: files inside the model's folder. A model.json from
// somewhere must not choose what else is read.
import { corruptData, quoted } from './errors.js';

/** "http:", "data:", "C:" at the beginning. */
const schemeOrDrive = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/**
 * `path` as a plain relative path: "./a//b.bin" is "a/b.bin". Throws, naming `what` and the path,
 * when it is empty, absolute, a URL, leaves the folder or names one.
 */
export function checkedWeightPath(path, what) {
  const refuse = (reason) => {
    throw corruptData(`${what}: weight path ${quoted(path)} ${reason}`);
  };
  if (path === '') refuse('is empty');
  if (path.includes('\0')) refuse('contains a NUL character');
  if (path.includes('\\')) refuse("contains a backslash; folders are separated by '/'");
  if (path.startsWith('/')) refuse("is absolute; it must be inside the model's folder");
  if (schemeOrDrive.test(path)) {
    refuse("is a URL or drive; it must be inside the model's folder");
  }
  if (path.endsWith('/')) refuse('names a folder, not a file');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) refuse("leaves the model's folder");
  if (parts.length === 0) refuse('names a folder, not a file');
  return parts.join('/');
}

/** What follows the last slash. */
export function lastName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What precedes the last name, its slash included: "a/b.bin" gives "a/". */
export function folderOf(path) {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
