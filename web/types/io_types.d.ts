// What IO handlers give and take: models as artifacts, results, options.

import type { DataType } from './tensor.js';

/** What `code` of an error is. */
export type ErrorCode = 'InvalidArgument' | 'NotFound' | 'AlreadyExists' | 'CorruptData'
  | 'Unsupported' | 'Unavailable' | 'Cancelled' | 'Internal';

export type WeightData = ArrayBuffer | ArrayBuffer[];
export type WeightGroup = 'model' | 'optimizer';

/** One weight in a manifest. */
export interface WeightsManifestEntry {
  name: string;
  shape: number[];
  dtype: DataType;
  group?: WeightGroup;
  /** How the stored codes become values: code * scale + min; float16 has neither. */
  quantization?: {
    dtype: 'uint8' | 'uint16' | 'float16';
    scale?: number;
    min?: number;
  };
}

/** Weights and the files that hold them, one after the other. */
export interface WeightsManifestGroupConfig {
  paths: string[];
  weights: WeightsManifestEntry[];
  /** Of each file of `paths`: compared when the model is loaded. */
  integrity?: { byteLength?: number; sha256?: string }[];
}
export type WeightsManifestConfig = WeightsManifestGroupConfig[];

export interface TrainingConfig {
  optimizer_config: {};
  loss: string | string[] | { [output: string]: string };
  metrics?: string[] | { [output: string]: string };
  weighted_metrics?: string[];
  sample_weight_mode?: string;
  loss_weights?: number[] | { [output: string]: number };
}

interface ModelFields {
  modelTopology?: {} | ArrayBuffer;
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
  trainingConfig?: TrainingConfig;
  signature?: {};
  userDefinedMetadata?: { [key: string]: {} };
  modelInitializer?: {};
  initializerSignature?: {};
}

/** A model in memory. Other fields of a model.json are kept beside these. */
export interface ModelArtifacts extends ModelFields {
  weightSpecs?: WeightsManifestEntry[];
  weightData?: WeightData;
}

/** A model.json, parsed. */
export interface ModelJSON extends ModelFields {
  modelTopology: {};
  weightsManifest: WeightsManifestConfig;
}

export interface ModelArtifactsInfo {
  dateSaved: Date;
  modelTopologyType: 'JSON' | 'GraphDef';
  /** Of the JSON text, in UTF-8. */
  modelTopologyBytes?: number;
  weightSpecsBytes?: number;
  weightDataBytes?: number;
}

export interface SaveResult {
  modelArtifactsInfo: ModelArtifactsInfo;
  /** Of saves to a server. */
  responses?: Response[];
  errors?: Array<{} | string>;
}

export interface SaveConfig {
  /** The weights that training changes alone. */
  trainableOnly?: boolean;
  /** Training config and optimizer weights too. A loaded model keeps them unless this is false. */
  includeOptimizer?: boolean;
}

/** From 0 to 1, 1 when all is there; with bytes so far and in all. */
export type OnProgress = (fraction: number, bytes?: { bytes: number; total: number }) => void;

export interface CommonLoadOptions {
  onProgress?: OnProgress;
  /** Ends the load, with the signal's reason as the error. */
  signal?: AbortSignal;
  /** False: hashes are not compared. */
  verify?: boolean;
  /** What to put before weight paths, instead of the folder of model.json. */
  weightPathPrefix?: string;
  /** Told what is odd but no error; console.warn if not given. */
  onWarning?: (message: string) => void;
}

export interface LoadOptions extends CommonLoadOptions {
  /** Of fetch: headers, credentials, ... */
  requestInit?: RequestInit;
  /** Called instead of fetch. */
  fetchFunc?: typeof fetch | ((url: string, init?: RequestInit, details?: {}) => Promise<Response>);
  /** From a weight path to its URL. */
  weightUrlConverter?: (weightFileName: string) => Promise<string>;
  /** Further attempts of a GET that failed for a reason that may pass; 3 if not given. */
  retry?: number;
  /** False: weights missing in the file stay fresh, others are passed over. */
  strict?: boolean;
}

/** Options of the handler of servers: what fetch takes may stand here or in `requestInit`. */
export interface HTTPOptions extends LoadOptions, Omit<RequestInit, 'body' | 'signal'> {}

export interface BrowserFilesOptions extends CommonLoadOptions {
  /** The topology without weights; fresh ones are made. */
  topologyOnly?: boolean;
}

export interface FileSystemOptions extends CommonLoadOptions {
  /** Weight files may lie outside of the model's folder. */
  followLinks?: boolean;
}

/** A link of the page. */
interface Anchor {
  href: string;
  download: string;
  dispatchEvent(event: Event): boolean;
}
/** Links to click instead of new ones. */
export interface BrowserDownloadAnchors {
  jsonAnchor?: Anchor;
  weightDataAnchor?: Anchor;
}

/** A File, or what is like one. */
export type GivenFile = { readonly name: string; arrayBuffer(): Promise<ArrayBuffer> }
  | { readonly name: string; readonly bytes: Uint8Array | ArrayBuffer };
/** What a file input, a folder input or a drop gives: `input.files`, `event.dataTransfer`. */
export type GivenFiles = ArrayLike<GivenFile>
  | ArrayLike<{ readonly kind: string; getAsFile(): GivenFile | null }>
  | { readonly items: ArrayLike<object>; readonly files: ArrayLike<GivenFile> };

export interface SaveHandler {
  save(modelArtifacts: ModelArtifacts): Promise<SaveResult>;
}
export interface LoadHandler {
  load(options?: LoadOptions): Promise<ModelArtifacts>;
}
export interface RemovableHandler extends SaveHandler, LoadHandler {
  remove(): Promise<ModelArtifactsInfo | undefined>;
}
/** A place to save to, to load from, or both. */
export interface IOHandler {
  save?: SaveHandler['save'];
  load?: LoadHandler['load'];
  /** Makes removeModel and moveModel work there. */
  remove?: RemovableHandler['remove'];
  /**
   * Removes the model unless `check(artifacts)` throws, in one step, so that no save comes in between
   * and is lost. Where it is there beside `remove`, moveModel ends with it.
   */
  removeChecked?: (check: (found: ModelArtifacts) => void) => Promise<void>;
}
/** As IOHandler, without waiting. Models take these as well. */
export interface IOHandlerSync {
  save?: (modelArtifacts: ModelArtifacts) => SaveResult;
  load?: () => ModelArtifacts;
}
/** From a URL to a handler, or null when the URL is not of its scheme. */
export type IORouter = (url: string | string[], options?: LoadOptions) => IOHandler | null;

export interface EncodedWeights {
  data: ArrayBuffer;
  specs: WeightsManifestEntry[];
}

export {};
