// Reorders the axes of each sample.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct PermuteOptions {
  std::vector<std::int64_t> dims =
      {};  ///< input axis of each result axis, counted from 1: {2, 1} swaps two axes
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, ...] of rank dims.size() + 1, result permuted
/// Errors    InvalidArgument: dims is not a permutation of 1..n, or the rank differs.
LayerPtr permute(PermuteOptions options);

}  // namespace tfjs::layers
