// Weights without a model: fetched by a manifest, decoded to tensors.
import { CompositeArrayBuffer } from './composite_array_buffer.js';
import { invalidArgument } from './errors.js';
import { fetchFile, readBody } from './http_fetch.js';
import { HttpPlace } from './http_place.js';
import { checkedWeightPath } from './weight_paths.js';
import { checkWeightSpecs, weightRanges } from './weight_specs.js';
import { decodeWeight } from './weights.js';

function checkNames(manifest, names) {
  const known = manifest.flatMap((group) => group.weights.map((spec) => spec.name));
  const missing = names?.filter((name) => !known.includes(name)) ?? [];
  if (missing.length === 0) return;
  throw invalidArgument(`Could not find weights in manifest with names: ${missing.join(', ')}. ` +
    `Manifest JSON has weights with names: ${known.join(', ')}.`);
}

function decodeGroup(group, buffers, isWanted, tensors) {
  const what = `weights of ${group.paths.join(', ')}`;
  const data = new CompositeArrayBuffer(buffers);
  const ranges = weightRanges(group.weights, data, what);
  group.weights.forEach((spec, i) => {
    if (!isWanted(spec)) return;
    const { offset, size } = ranges[i];
    tensors[spec.name] = decodeWeight(spec, data.view(offset, offset + size));
  });
}

/**
 * A function that loads weights by `fetchWeights(urls)`, which gives a promise of the content of
 * each file as an ArrayBuffer.
 *
 * @returns {function(object[], string=, string[]=): Promise<Object<string, Tensor>>} it takes the
 *   manifest, what to put before each path, and the names of the weights wanted (all if not given)
 */
export function weightsLoaderFactory(fetchWeights) {
  return async (manifest, filePathPrefix = '', weightNames) => {
    checkNames(manifest, weightNames);
    const isWanted = (spec) => weightNames == null || weightNames.includes(spec.name);
    const groups = manifest.filter((group) => group.weights.some(isWanted));
    groups.forEach((group) => checkWeightSpecs(group.weights, 'weights manifest'));
    const isOpen = filePathPrefix !== '' && !filePathPrefix.endsWith('/');
    const prefix = isOpen ? `${filePathPrefix}/` : filePathPrefix;
    const urls = groups.flatMap((group) => group.paths.map((path) =>
      prefix + checkedWeightPath(path, 'weights manifest')));
    const buffers = await fetchWeights(urls);
    const tensors = {};
    let next = 0;
    for (const group of groups) {
      const own = buffers.slice(next, next + group.paths.length);
      next += group.paths.length;
      decodeGroup(group, own, isWanted, tensors);
    }
    return tensors;
  };
}

/**
 * Fetches the weights of a manifest: tensors by name.
 *
 * @param {object[]} manifest groups `{paths, weights}`
 * @param {string} [filePathPrefix] what to put before each path
 * @param {string[]} [weightNames] the weights wanted; all if not given
 * @param {RequestInit} [requestInit] for fetch
 */
export function loadWeights(manifest, filePathPrefix = '', weightNames, requestInit) {
  const fetchWeights = (urls) => Promise.all(urls.map((url) =>
    fetchFile(new HttpPlace(url, { requestInit }), url, {
      isBinary: true,
      consume: (response) => readBody(response),
    })));
  return weightsLoaderFactory(fetchWeights)(manifest, filePathPrefix, weightNames);
}
