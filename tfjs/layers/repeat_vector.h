// A vector as a sequence of equal steps.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct RepeatVectorOptions {
  std::int64_t n = 0;  ///< steps; at least 1
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, features], result [batch, n, features]
/// Errors    InvalidArgument: n below 1, rank is not 2.
LayerPtr repeat_vector(RepeatVectorOptions options);

}  // namespace tfjs::layers
