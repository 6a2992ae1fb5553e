// Rectified linear unit as a layer.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ReLUOptions {
  std::optional<double> max_value = std::nullopt;  ///< upper bound of the result; at least 0
  double negative_slope = 0;                       ///< below the threshold (Keras)
  double threshold = 0;                            ///< where the rectified part begins (Keras)
  TFJS_LAYER_OPTIONS
};

/// min(max_value, x) where x >= threshold, else negative_slope * (x - threshold).
///
/// Shapes    x any, result like x. Masking: passes its input's mask on.
/// Errors    InvalidArgument: max_value or negative_slope below 0.
LayerPtr relu(ReLUOptions options = {});

}  // namespace tfjs::layers
