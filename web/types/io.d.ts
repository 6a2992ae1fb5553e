// tf.io: places that models are saved to and loaded from. The types of what handlers give and take
// are in io_types.d.ts.

import type {
  BrowserDownloadAnchors, BrowserFilesOptions, EncodedWeights, FileSystemOptions, GivenFiles, HTTPOptions,
  IOHandler, IOHandlerSync, IORouter, LoadHandler, LoadOptions, ModelArtifacts, ModelArtifactsInfo,
  ModelJSON, RemovableHandler, SaveHandler, SaveResult, TrainingConfig, WeightData, WeightGroup,
  WeightsManifestConfig, WeightsManifestEntry,
} from './io_types.js';
import type { NamedTensor, NamedTensorMap } from './tensor.js';

export type * from './io_types.js';

/** Saves two downloads, NAME.json and NAME.weights.bin, or one when NAME ends in ".zip". */
export declare function browserDownloads(
  fileNamePrefix?: string, anchors?: BrowserDownloadAnchors): SaveHandler;
/** Loads from files that a person picked or dropped, in any order, or from one folder or archive. */
export declare function browserFiles(files: GivenFiles, options?: BrowserFilesOptions): LoadHandler;
/**
 * A model on a server: loads model.json and the files it names, saves by a form with both parts.
 * @param path the URL; or two, of model.json and of the folder of its weights
 */
export declare function http(
  path: string | [string, string], options?: HTTPOptions): SaveHandler & LoadHandler;
/** The older name of `http`. */
export declare const browserHTTPRequest: typeof http;
export declare function isHTTPScheme(url: string): boolean;
/** The page's IndexedDB, in workers too. A name may hold slashes. */
export declare function browserIndexedDB(modelPath: string): RemovableHandler;
/** The page's local storage: about 5 MB for all models; not in workers. */
export declare function browserLocalStorage(modelPath: string): RemovableHandler;
/** Node's files: a folder, its model.json, or an archive when the name ends in ".zip". */
export declare function fileSystem(path: string, options?: FileSystemOptions): RemovableHandler;

/** Loads what it is given. */
export declare function fromMemory(artifacts: ModelArtifacts): LoadHandler;
/** The older form, and a topology alone. */
export declare function fromMemory(
  modelTopology: {}, weightSpecs?: WeightsManifestEntry[], weightData?: WeightData,
  trainingConfig?: TrainingConfig): LoadHandler;
export declare function fromMemorySync(artifacts: ModelArtifacts): IOHandlerSync;
export declare function fromMemorySync(
  modelTopology: {}, weightSpecs?: WeightsManifestEntry[], weightData?: WeightData,
  trainingConfig?: TrainingConfig): IOHandlerSync;
/** Gives what is saved to a function. */
export declare function withSaveHandler(
  saveHandler: (artifacts: ModelArtifacts) => Promise<SaveResult>): SaveHandler;
export declare function withSaveHandlerSync(
  saveHandler: (artifacts: ModelArtifacts) => SaveResult): IOHandlerSync;

/** Adds a scheme: a function from a URL to a handler with `save`, or null. */
export declare function registerSaveRouter(router: IORouter): void;
/** Adds a scheme: a function from a URL to a handler with `load`, or null. */
export declare function registerLoadRouter(router: IORouter): void;
/** All handlers that want to save to `url`. */
export declare function getSaveHandlers(url: string): IOHandler[];
/** All handlers that want to load from `url`. */
export declare function getLoadHandlers(
  url: string | string[], options?: LoadOptions): IOHandler[];

/** The models in localstorage:// and indexeddb://, by URL. */
export declare function listModels(): Promise<{ [url: string]: ModelArtifactsInfo }>;
/** From any place that loads to any that saves. Throws when both are one. */
export declare function copyModel(sourceURL: string, destURL: string): Promise<ModelArtifactsInfo>;
/** Copies, reads the copy back, compares, and only then removes the source. */
export declare function moveModel(sourceURL: string, destURL: string): Promise<ModelArtifactsInfo>;
/** Throws when there is no such model, or when it cannot be removed from here. */
export declare function removeModel(url: string): Promise<ModelArtifactsInfo | undefined>;

/** Tensors as bytes, in the order given, and the manifest entries of them. */
export declare function encodeWeights(
  tensors: NamedTensorMap | NamedTensor[], group?: WeightGroup): Promise<EncodedWeights>;
/** Bytes as tensors, by name. Throws when the bytes end too early, naming the weight. */
export declare function decodeWeights(
  weightData: WeightData, specs: WeightsManifestEntry[]): NamedTensorMap;
export declare function decodeWeightsStream(
  weightStream: ReadableStream<ArrayBuffer>, specs: WeightsManifestEntry[],
): Promise<NamedTensorMap>;
/**
 * Fetches weights without a model.
 * @param filePathPrefix what to put before each path
 * @param weightNames the weights wanted; all if not given
 */
export declare function loadWeights(
  manifest: WeightsManifestConfig, filePathPrefix?: string, weightNames?: string[],
  requestInit?: RequestInit): Promise<NamedTensorMap>;
/** loadWeights by another way to fetch: from URLs to the content of each. */
export declare function weightsLoaderFactory(
  fetchWeights: (urls: string[]) => Promise<ArrayBuffer[]>,
): (manifest: WeightsManifestConfig, filePathPrefix?: string, weightNames?: string[]) =>
  Promise<NamedTensorMap>;

/** The date, and what a save writes, in bytes. */
export declare function getModelArtifactsInfoForJSON(artifacts: ModelArtifacts): ModelArtifactsInfo;
/** Artifacts of a parsed model.json; `loadWeights` gives the specs and the bytes. */
export declare function getModelArtifactsForJSON(
  modelJSON: ModelJSON,
  loadWeights: (manifest: WeightsManifestConfig) => Promise<[WeightsManifestEntry[], WeightData]>,
): Promise<ModelArtifacts>;
export declare function getModelArtifactsForJSONSync(
  modelJSON: ModelJSON, weightSpecs?: WeightsManifestEntry[], weightData?: WeightData,
): ModelArtifacts;
/** The entries of all groups, in order. */
export declare function getWeightSpecs(manifest: WeightsManifestConfig): WeightsManifestEntry[];

/** Buffers that can be sliced as if they were one. */
export declare class CompositeArrayBuffer {
  constructor(buffers?: WeightData | ArrayBufferView | ArrayBufferView[]);
  readonly byteLength: number;
  /** How many buffers hold the bytes. */
  readonly pieceCount: number;
  /** A copy of bytes `start` to `end`, kept within what is there. */
  slice(start?: number, end?: number): ArrayBuffer;
  /** The same, without a copy when one buffer holds them all. */
  view(start?: number, end?: number): Uint8Array;
  /** All in one new buffer. */
  static join(buffers?: WeightData | ArrayBufferView | ArrayBufferView[]): ArrayBuffer;
}
/** The older name of `CompositeArrayBuffer.join`. */
export declare function concatenateArrayBuffers(buffers: ArrayBuffer[]): ArrayBuffer;
