// tf.LayersModel and tf.Sequential: made, run, saved, loaded.

import type {
  IOHandler, IOHandlerSync, LoadOptions, ModelArtifacts, SaveConfig, SaveResult,
} from './io.js';
import { Layer, type Shape, type SymbolicTensor } from './layer.js';
import type { NamedTensorMap, Tensor } from './tensor.js';

export interface ModelPredictArgs {
  /** Samples computed at once; 32 if not given. */
  batchSize?: number;
}

/** A model. It is a layer as well: it can be added to another model, or applied. */
export declare class LayersModel extends Layer {
  protected constructor();
  readonly inputs: SymbolicTensor[];
  readonly outputs: SymbolicTensor[];
  readonly inputNames: string[];
  readonly outputNames: string[];
  readonly inputShape: Shape | Shape[];
  readonly layers: Layer[];

  /** Throws when there is none, naming those there are. */
  getLayer(name: string): Layer;
  getLayer(index: number): Layer;
  getLayer(name: string | null | undefined, index: number): Layer;

  /** Prints a row per layer, by console.log if no `printFn` is given. */
  summary(lineLength?: number, positions?: number[], printFn?: (line: string) => void): void;

  /**
   * @param x one tensor per input, [samples, ...], in the order of `inputNames` or by these names;
   *     cast to the dtype of the input
   * @return one tensor per output; an array when there are several
   * Throws when shapes differ, naming the input.
   */
  predict<T extends Tensor | Tensor[] = Tensor | Tensor[]>(
    x: Tensor | Tensor[] | NamedTensorMap, args?: ModelPredictArgs): T;
  /** predict() with all samples at once. */
  predictOnBatch<T extends Tensor | Tensor[] = Tensor | Tensor[]>(x: Tensor | Tensor[]): T;

  /**
   * Saves the model: all or nothing, a model that was there stays when it fails.
   * @param target 'indexeddb://name', 'localstorage://name', 'downloads://name', 'http://...', in
   *     Node 'file://folder', or a handler
   */
  save(target: string | IOHandler | IOHandlerSync, config?: SaveConfig): Promise<SaveResult>;
  /** What save() hands to a handler. */
  artifacts(config?: SaveConfig): ModelArtifacts;
  /**
   * Lets the model's memory go at once, not when nobody holds the model any more. Using it
   * afterwards throws, as does using its layers, but those that other models have too.
   */
  dispose(): { refCountAfterDispose: number; numDisposedVariables: number };
  /** The topology alone, as text, or as an object when `returnString` is false. */
  toJSON(unused?: unknown, returnString?: true): string;
  toJSON(unused: unknown, returnString: false): object;

  /** Plain JSON that is saved with the model; undefined when there is none. */
  getUserDefinedMetadata(): {} | undefined;
  /** Throws when it is no object of plain JSON. */
  setUserDefinedMetadata(metadata: {}): void;
}

/** Layers one after the other. */
export declare class Sequential extends LayersModel {
  /** Puts a layer on top. Throws when it does not fit; the first one needs an input shape. */
  add(layer: Layer): void;
}

export interface SequentialArgs {
  layers?: Layer[];
  name?: string;
}
export declare function sequential(config?: SequentialArgs): Sequential;

export interface ContainerArgs {
  inputs: SymbolicTensor | SymbolicTensor[];
  outputs: SymbolicTensor | SymbolicTensor[];
  name?: string;
}
/** A model of the layers between inputs and outputs. Throws when they are not connected. */
export declare function model(args: ContainerArgs): LayersModel;

/**
 * Loads a model.
 * @param pathOrIOHandler the URL of a store, of a model.json or of a zip archive, or a handler; a
 *     URL without scheme is relative to the page
 * Throws with what is wrong, where, what was expected and what came; `code` is the kind of error
 * (tf.io.ErrorCode).
 */
export declare function loadLayersModel(
  pathOrIOHandler: string | IOHandler | IOHandlerSync, options?: LoadOptions): Promise<LayersModel>;

