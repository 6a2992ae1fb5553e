// Identity above a threshold, 0 below.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ThresholdedReLUOptions {
  double theta = 1;  ///< the threshold
  TFJS_LAYER_OPTIONS
};

/// x where x > theta, else 0. Shapes: x any, result like x. Masking: drops a mask, as TensorFlow.js
/// does.
LayerPtr thresholded_relu(ThresholdedReLUOptions options = {});

}  // namespace tfjs::layers
