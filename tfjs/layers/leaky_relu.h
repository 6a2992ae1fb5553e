// Leaky rectified linear unit.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct LeakyReLUOptions {
  double alpha = 0.3;  ///< slope below 0; Keras 3 calls it negative_slope
  TFJS_LAYER_OPTIONS
};

/// x where x >= 0, else alpha * x. Shapes: x any, result like x. Masking: drops a mask, as
/// TensorFlow.js does.
LayerPtr leaky_relu(LeakyReLUOptions options = {});

}  // namespace tfjs::layers
