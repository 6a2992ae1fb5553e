// From what save() and loadLayersModel() are given to the one IOHandler that is meant.

import { browserHTTPRequest, getLoadHandlers, getSaveHandlers } from '../io/index.js';

export function saveHandlerOf(target, options) {
  const handler = typeof target === 'string' ? only(getSaveHandlers(target), target, 'save') : target;
  if (typeof handler?.save !== 'function') {
    throw new Error(
      'LayersModel.save() cannot proceed because the IOHandler provided does not have the `save` ' +
        'attribute defined.',
    );
  }
  return handler;
}

export function loadHandlerOf(source, options) {
  let handler = source;
  if (typeof source === 'string') {
    const handlers = getLoadHandlers(source, options);
    // Text without a scheme is a path beside the page.
    handler = handlers.length === 0 ? browserHTTPRequest(source, options) : only(handlers, source, 'load');
  }
  if (typeof handler?.load !== 'function') {
    throw new Error(
      'Cannot proceed with model loading because the IOHandler provided does not have the `load` ' +
        'method implemented.',
    );
  }
  return handler;
}

function only(handlers, url, what) {
  if (handlers.length === 1) return handlers[0];
  throw new Error(
    handlers.length === 0
      ? `Cannot find any ${what} handlers for URL '${url}'`
      : `Found more than one (${handlers.length}) ${what} handlers for URL '${url}'`,
  );
}
