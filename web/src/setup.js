// What every entry of the package does once: the core tells its version, and tf.io learns to make
// tensors.

import { call } from './core/wasm.js';
import { version } from './environment.js';
import { setTensorFactory } from './io/weights.js';
import { Tensor } from './tensor/tensor.js';

version['tfjs-cpp'] = call('about').version;

const utf8 = new TextDecoder();
setTensorFactory({
  tensor(data, shape, dtype) {
    return new Tensor(dtype === 'string' ? data.map((text) => utf8.decode(text)) : data, shape, dtype);
  },
});
