// The errors of loading and saving: plain `Error`s whose message names what is wrong, where, what
// was expected and what came, with the library's error code in `code`.

function makeError(code, message, cause) {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  error.code = code;
  return error;
}

/** The caller gave something that cannot be. */
export const invalidArgument = (message, cause) => makeError('InvalidArgument', message, cause);
/** There is nothing of that name. */
export const notFound = (message, cause) => makeError('NotFound', message, cause);
/** What was read is damaged, or was never what it should be. */
export const corruptData = (message, cause) => makeError('CorruptData', message, cause);
/** This cannot be done here: another browser, a worker, another format. */
export const unsupported = (message, cause) => makeError('Unsupported', message, cause);
/** It did not work this time: a network, a full disk, another program. */
export const unavailable = (message, cause) => makeError('Unavailable', message, cause);

const escapes = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * `text` in quotes for a message: control characters escaped, cut after `most` characters.
 */
export function quoted(text, most = 200) {
  const all = String(text);
  const shown = all.length > most ? `${all.slice(0, most)}...` : all;
  const plain = shown.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) =>
    escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${plain}'`;
}

/** What went wrong in words, whatever was thrown. */
export function reasonOf(error) {
  if (error instanceof Error || typeof error?.message === 'string') {
    const cause = error.cause?.message ?? error.cause?.code;
    return cause ? `${error.message} (${cause})` : error.message || error.name;
  }
  return String(error);
}
