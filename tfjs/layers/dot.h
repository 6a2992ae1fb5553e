// Dot products of the samples of two inputs.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct DotOptions {
  std::vector<std::int64_t> axes =
      {};                  ///< the axis summed over: one for both inputs, or one of each; not 0
  bool normalize = false;  ///< scale to length 1 along those axes first: cosine proximity
  TFJS_LAYER_OPTIONS
};

/// Shapes    x, y of rank 2 or 3, of equal size along their axes
///           result  [batch, other axis of x, other axis of y], those that there are; [batch, 1]
///           for two of rank 2
/// Masking   drops masks.
/// Errors    InvalidArgument: not two inputs, another rank, axes out of range or of different
/// sizes.
LayerPtr dot(DotOptions options);

}  // namespace tfjs::layers
