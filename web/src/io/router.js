// From a URL to the handler that saves to it or loads from it. Routers are asked in the order in
// which they were registered; each returns a handler or null, and just one may want a URL.
import { invalidArgument, quoted, unsupported } from './errors.js';

const saveRouters = [];
const loadRouters = [];
const schemes = [];

/** Names a scheme ("file://") in messages. */
export function registerScheme(scheme) {
  schemes.push(scheme);
}

/** Adds a router for saving: a function from a URL to an IOHandler with `save`, or null. */
export function registerSaveRouter(saveRouter) {
  saveRouters.push(saveRouter);
}

/** Adds a router for loading: from a URL and load options to an IOHandler with `load`, or null. */
export function registerLoadRouter(loadRouter) {
  loadRouters.push(loadRouter);
}

function ask(routers, url, loadOptions) {
  return routers.map((router) => router(url, loadOptions)).filter((handler) => handler != null);
}

/** All handlers that want to save to `url`. */
export function getSaveHandlers(url) {
  return ask(saveRouters, url);
}

/** All handlers that want to load from `url`. */
export function getLoadHandlers(url, loadOptions) {
  return ask(loadRouters, url, loadOptions);
}

/** "localstorage://" of "localstorage://name", or "" when there is no scheme. */
export function schemeOf(url) {
  return /^[A-Za-z0-9+.-]+:\/\//.exec(url)?.[0] ?? '';
}

function onlyOne(handlers, url, verb) {
  if (handlers.length === 1) return handlers[0];
  if (handlers.length > 1) {
    throw invalidArgument(`${handlers.length} registered routers want to ${verb} ` +
      `${quoted(url)}; one must`);
  }
  const scheme = typeof url === 'string' ? schemeOf(url) : '';
  throw invalidArgument(`cannot ${verb} ${quoted(url)}: ` +
    `${scheme === '' ? 'it has no scheme' : `unknown scheme ${quoted(scheme)}`}; ` +
    `known are ${schemes.join(', ')}`);
}

let fetchRelative = null;

/** How a text without scheme is loaded: `(url, options)` gives a handler, or null. */
export function setRelativeLoader(loader) {
  fetchRelative = loader;
}

/**
 * The handler that loads `urlOrHandler`: itself when it is one, else the only one that the routers
 * know. A URL without scheme is relative to the page, as `fetch` takes it.
 */
export function loadHandler(urlOrHandler, options) {
  const isUrl = typeof urlOrHandler === 'string' || Array.isArray(urlOrHandler);
  if (!isUrl) {
    if (typeof urlOrHandler?.load === 'function') return urlOrHandler;
    throw unsupported(urlOrHandler?.save
      ? 'cannot load: this handler only saves (it has no load method)'
      : `cannot load ${quoted(urlOrHandler)}: it must be a URL or a handler with a load method`);
  }
  const handlers = getLoadHandlers(urlOrHandler, options);
  if (handlers.length === 0 && typeof urlOrHandler === 'string' && !schemeOf(urlOrHandler)) {
    const relative = fetchRelative?.(urlOrHandler, options);
    if (relative) return relative;
  }
  return onlyOne(handlers, urlOrHandler, 'load');
}

/** The handler that saves to `urlOrHandler`: itself, or the only one that the routers know. */
export function saveHandler(urlOrHandler) {
  if (typeof urlOrHandler === 'string') {
    return onlyOne(getSaveHandlers(urlOrHandler), urlOrHandler, 'save to');
  }
  if (typeof urlOrHandler?.save === 'function') return urlOrHandler;
  throw unsupported(urlOrHandler?.load
    ? 'cannot save: this handler only loads (it has no save method)'
    : `cannot save to ${quoted(urlOrHandler)}: it must be a URL or a handler with a save method`);
}
