// Softmax as a layer of its own.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct SoftmaxOptions {
  std::vector<std::int64_t> axis = {
      1};  ///< where values sum to 1; TensorFlow.js's default is 1, Keras's -1
  TFJS_LAYER_OPTIONS
};

/// exp(x) / sum of exp(x) over `axis`; values that the input's mask excludes get no weight.
///
/// Shapes    x any, result like x
/// Masking   the mask, extended by trailing axes to x's rank, is added as -1e9 where false; it is
/// not passed on. Errors    InvalidArgument: no axis, or one out of range.
LayerPtr softmax(SoftmaxOptions options = {});

}  // namespace tfjs::layers
