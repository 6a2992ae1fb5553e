// Brings values into another range.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct RescalingOptions {
  std::vector<double> scale = {1};   ///< one for all, or one per channel (last axis; Keras)
  std::vector<double> offset = {0};  ///< alike
  TFJS_LAYER_OPTIONS
};

/// x * scale + offset. Shapes: x any, result like x, float32.
/// Example   layers::rescaling({.scale = {1.0 / 255}})
LayerPtr rescaling(RescalingOptions options);

}  // namespace tfjs::layers
