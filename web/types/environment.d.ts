// What pages written for TensorFlow.js call around their models. There is one backend, and tensors
// are garbage collected, so most of this is here to be called without harm.

import type { Tensor } from './tensor.js';

/** A tensor, or tensors in arrays and objects. */
export type TensorContainer = void | Tensor | string | number | boolean | null | undefined
  | TensorContainer[] | { [key: string]: TensorContainer };

/** `version['tfjs-cpp']`: the version of the package. */
export declare const version: { 'tfjs-cpp': string };
/** Done at once: the backend is ready when the module is. */
export declare function ready(): Promise<void>;
/** 'wasm'. */
export declare function getBackend(): string;
/** Whether `name` is the backend there is. */
export declare function setBackend(name: string): Promise<boolean>;
/** Calls the function and gives what it gives. */
export declare function tidy<T extends TensorContainer>(work: () => T): T;
export declare function tidy<T extends TensorContainer>(name: string, work: () => T): T;
/** Gives the tensor back. */
export declare function keep<T extends Tensor>(tensor: T): T;
/** Disposes the tensors in arrays and objects too. */
export declare function dispose(container: TensorContainer): void;
/** Done with the page's next frame; elsewhere soon. */
export declare function nextFrame(): Promise<void>;
