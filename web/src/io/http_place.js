// Where a model is on the web: its URL, how it is asked for, and from which URLs its weights come.
// What a model.json says may not choose another folder or server; only the caller's converter may.
import { corruptData, invalidArgument, quoted } from './errors.js';
import { checkedWeightPath } from './weight_paths.js';

/** Members of RequestInit that may also stand among the options themselves. */
const requestFields = [
  'method', 'headers', 'credentials', 'mode', 'cache', 'redirect', 'referrer', 'referrerPolicy',
  'integrity', 'keepalive', 'priority', 'dispatcher', 'agent',
];
/** Headers that are meant for one server. */
const secretHeaders = new Set(['authorization', 'cookie', 'host']);
const httpScheme = /^https?:\/\//i;

/** Whether a URL begins with http:// or https://. */
export function isHTTPScheme(url) {
  return httpScheme.test(url);
}

/** The base of relative URLs: the page or worker; without one, any will do for comparing. */
const base = () => globalThis.location?.href ?? 'http://relative.invalid/';

function originOf(url) {
  try {
    const { origin, protocol } = new URL(url, base());
    return origin === 'null' ? protocol : origin;
  } catch {
    return url;
  }
}

/** A URL for messages: without user, password, fragment and the values of its query. */
export function shownUrl(url) {
  const plain = url.replace(/#.*$/s, '').replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/?]*@/i, '$1//');
  if (/^(data|blob):/i.test(plain)) return quoted(plain, 60).slice(1, -1);
  const at = plain.indexOf('?');
  if (at < 0) return quoted(plain, 2000).slice(1, -1);
  const names = plain.slice(at + 1).split('&').map((field) =>
    (field.includes('=') ? `${field.slice(0, field.indexOf('='))}=...` : field));
  return quoted(`${plain.slice(0, at)}?${names.join('&')}`, 2000).slice(1, -1);
}

/** The URL without "user:password@", and both as a Basic authorization. */
function takeCredentials(url) {
  const match = /^(https?:\/\/)([^/?#]*)@/i.exec(url);
  if (!match) return { url };
  const [user, ...password] = match[2].split(':').map(decodeURIComponent);
  const secret = String.fromCharCode(...new TextEncoder().encode(`${user}:${password.join(':')}`));
  return {
    url: match[1] + url.slice(match[0].length),
    authorization: `Basic ${btoa(secret)}`,
  };
}

/** Folder (with its slash) and query of a URL; the query begins at the first "?". */
function splitUrl(url) {
  const plain = url.replace(/#.*$/s, '');
  const queryAt = plain.indexOf('?');
  const path = queryAt < 0 ? plain : plain.slice(0, queryAt);
  const query = queryAt < 0 ? '' : plain.slice(queryAt);
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*$/i.exec(path);
  return { folder: host ? `${path}/` : path.slice(0, path.lastIndexOf('/') + 1), query };
}

function requestInitOf(options) {
  const init = {};
  for (const field of requestFields) {
    if (options[field] !== undefined) init[field] = options[field];
  }
  Object.assign(init, options.requestInit);
  if (init.body != null || options.body != null) {
    throw invalidArgument('requestInit is expected to have no pre-existing body, but has one.');
  }
  return init;
}

function headerEntries(headers) {
  if (headers == null) return [];
  if (typeof headers.forEach === 'function' && !Array.isArray(headers)) {
    const entries = [];
    headers.forEach((value, name) => entries.push([name, value]));
    return entries;
  }
  return Array.isArray(headers) ? headers : Object.entries(headers);
}

const isSecret = ([name]) => secretHeaders.has(String(name).toLowerCase());

export class HttpPlace {
  #init;
  #authorization;

  constructor(path, options = {}) {
    const [url, weightsUrl = url] = Array.isArray(path) ? path : [path];
    if (url == null || url === '') {
      throw invalidArgument('URL path for http must not be null, undefined or empty.');
    }
    if (Array.isArray(path) && path.length !== 2) {
      throw invalidArgument(`URL paths for http must have a length of 2, (actual length is ` +
        `${path.length}).`);
    }
    if (options.fetchFunc != null && typeof options.fetchFunc !== 'function') {
      throw invalidArgument(`fetchFunc must be a function like fetch, got ` +
        `${typeof options.fetchFunc}`);
    }
    const taken = takeCredentials(String(url));
    this.url = taken.url;
    this.shown = shownUrl(this.url);
    this.options = options;
    this.#authorization = taken.authorization;
    this.#init = requestInitOf(options);
    this.#checkHeaders();
    Object.assign(this, splitUrl(takeCredentials(String(weightsUrl)).url));
  }

  #checkHeaders() {
    for (const [name, value] of headerEntries(this.#init.headers)) {
      if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\r\n\0]/.test(value)) continue;
      throw invalidArgument(`malformed header ${quoted(name)}: a name is a word, a value has no ` +
        'line breaks');
    }
  }

  get method() {
    return this.#init.method;
  }

  get signal() {
    return this.#init.signal;
  }

  /** The first options that are asked are those of the call, then those of the handler. */
  fetch(url, init, details) {
    const fetchFunc = this.options.fetchFunc;
    // Called as a plain function: `fetch` wants to be one of its window.
    if (fetchFunc) return details ? fetchFunc(url, init, details) : fetchFunc(url, init);
    if (typeof globalThis.fetch !== 'function') {
      throw invalidArgument('Unable to find fetch; give one as fetchFunc');
    }
    return globalThis.fetch(url, init);
  }

  /** What is sent to `url`: secrets go to the server of the model alone. */
  requestInit(url, more) {
    const init = { ...this.#init, ...more };
    const isHome = originOf(url) === originOf(this.url);
    const given = headerEntries(init.headers);
    if (isHome && this.#authorization && !given.some(isSecret)) {
      init.headers = [...given, ['Authorization', this.#authorization]];
    }
    if (!isHome && given.some(isSecret)) {
      init.headers = given.filter((header) => !isSecret(header));
    }
    return init;
  }

  /** The URL of a weight file, by the caller's converter when there is one. */
  async weightUrl(file) {
    const { weightUrlConverter, weightPathPrefix } = this.options;
    if (weightUrlConverter) {
      const url = await weightUrlConverter(file.givenPath);
      if (typeof url === 'string' && url !== '') return url;
      throw invalidArgument('weightUrlConverter must give a URL, but for ' +
        `${quoted(file.givenPath)} it gave ${quoted(url)}`);
    }
    this.#checkPath(file.path);
    const prefix = weightPathPrefix || this.folder;
    // "#" would begin a fragment, but in a file's name it is a letter like others.
    return prefix + file.path.replaceAll('#', '%23') + this.query;
  }

  #checkPath(path) {
    if (/[\u0000-\u001f\u007f]/.test(path)) {
      throw corruptData(`${this.shown}: weight path ${quoted(path)} contains a control character`);
    }
    let decoded = path.split('?')[0];
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      // A percent sign that encodes nothing is one.
    }
    checkedWeightPath(decoded, this.shown);
  }
}
