// Inputs one after the other along an axis.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ConcatenateOptions {
  std::int64_t axis = -1;  ///< counts from the end when negative
  TFJS_LAYER_OPTIONS
};

/// Shapes    inputs alike but for `axis`, where the result has the sum of theirs
/// Masking   along an axis that masks have (time), masks are joined like the inputs, with true for
/// an input that has none;
///           along others a step counts when every input that has a mask counts it.
/// Errors    InvalidArgument: no inputs, different ranks or sizes, axis out of range.
LayerPtr concatenate(ConcatenateOptions options = {});

}  // namespace tfjs::layers
