// Asking the server of this page; and uploads whose progress can be seen.

async function ask(path, init) {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const said = (await response.text()).trim().slice(0, 200);
  throw new Error(`${path}: the server answered ${response.status}${said && `: ${said}`}`);
}

/** The JSON at `path`. */
export async function get(path) {
  return (await ask(path)).json();
}

export async function remove(path) {
  await ask(path, { method: 'DELETE' });
}

/**
 * A fetch for tf.io.http's option `fetchFunc` that tells how much has been sent, which fetch itself
 * does not.
 */
export function uploadingFetch(onProgress, signal) {
  return (url, { method, body, headers }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.responseType = 'blob';
      new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
      request.upload.addEventListener('progress', ({ loaded, total }) =>
        onProgress(loaded / total, { bytes: loaded, total }));
      request.addEventListener('load', () =>
        resolve(new Response(request.response, { status: request.status })));
      request.addEventListener('error', () => reject(new TypeError('the server does not answer')));
      request.addEventListener('abort', () => reject(signal.reason));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(body);
    });
}
