// The handler of http:// and https://, and of URLs relative to the page.
import { loadOverHttp } from './http_load.js';
import { HttpPlace, isHTTPScheme } from './http_place.js';
import { saveOverHttp } from './http_save.js';
import { registerLoadRouter, registerSaveRouter, registerScheme, setRelativeLoader }
  from './router.js';

/** Loads from and saves to a URL by fetch. */
export class HTTPRequest {
  #path;
  #options;
  #place;

  constructor(path, options) {
    this.#path = path;
    this.#options = options ?? {};
    this.#place = new HttpPlace(path, this.#options);
  }

  /** What messages call this place. */
  get description() {
    return this.#place.shown;
  }

  /** A server may do with a model what it wants: what is loaded from here need not be that. */
  get loadsWhatItSaves() {
    return false;
  }

  /** Options of this call go before those the handler was made with. */
  async load(options) {
    const place = options ? new HttpPlace(this.#path, { ...this.#options, ...options })
      : this.#place;
    return loadOverHttp(place, place.options);
  }

  save(modelArtifacts) {
    return saveOverHttp(this.#place, modelArtifacts);
  }
}

/**
 * A handler for a model on a server.
 *
 * `load` fetches model.json and the weight files it names; `save` sends a form with both, by POST
 * if no method is given.
 *
 * @param {string|string[]} path the URL of model.json, or the one to save to
 * @param {object} [options] those of `fetch` (`method`, `headers`, `credentials`, ...) as they are
 *   or in `requestInit`; and `onProgress(fraction, {bytes, total})`, `signal`, `retry` (further
 *   attempts of a GET, 3), `verify` (false: do not compare hashes), `weightPathPrefix`,
 *   `weightUrlConverter` (from a weight path to a promise of its URL), `fetchFunc`, `onWarning`.
 *   The method is that of saves; loads are GET.
 */
export function http(path, options) {
  return new HTTPRequest(path, options);
}

/** The older name of `http`. */
export function browserHTTPRequest(path, options) {
  return http(path, options);
}

export { isHTTPScheme };

/** The router: http:// and https:// only. */
export function httpRouter(url, options) {
  const urls = Array.isArray(url) ? url : [url];
  return urls.every((each) => typeof each === 'string' && isHTTPScheme(each))
    ? http(url, options) : null;
}

registerScheme('http://');
registerScheme('https://');
registerSaveRouter((url) => httpRouter(url));
registerLoadRouter(httpRouter);
setRelativeLoader((url, options) => {
  const canFetch = globalThis.location !== undefined || options?.fetchFunc != null ||
    /^(data|blob):/i.test(url);
  return canFetch ? http(url, options) : null;
});
