// Exponential linear unit.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ELUOptions {
  double alpha = 1;  ///< minus the limit for small x; TensorFlow.js loads only 1
  TFJS_LAYER_OPTIONS
};

/// x where x >= 0, else alpha * (exp(x) - 1). Shapes: x any, result like x. Masking: drops a mask,
/// as TensorFlow.js does.
LayerPtr elu(ELUOptions options = {});

}  // namespace tfjs::layers
