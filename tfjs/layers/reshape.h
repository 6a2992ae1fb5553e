// The same values under another shape.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ReshapeOptions {
  std::vector<std::int64_t> target_shape =
      {};  ///< without the batch axis; one entry may be -1: worked out
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, ...], result [batch] + target_shape
/// Errors    InvalidArgument: more than one unknown entry, sizes differ.
LayerPtr reshape(ReshapeOptions options);

}  // namespace tfjs::layers
