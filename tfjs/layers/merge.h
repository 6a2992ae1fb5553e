// Layers that combine several inputs elementwise.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct MergeOptions {
  TFJS_LAYER_OPTIONS
};

/// The sum, product, mean, larger or smaller of two or more inputs; subtract: the first minus the
/// second of exactly two.
///
/// Shapes    inputs broadcast against each other; an input of lower rank gets axes of size 1 after
/// its batch axis Masking   a step counts when every input that has a mask counts it. Errors
/// InvalidArgument: too few inputs, shapes that do not broadcast. Example   SymbolicTensor sum =
/// layers::add()->apply({left, right});
LayerPtr add(MergeOptions options = {});
LayerPtr subtract(MergeOptions options = {});
LayerPtr multiply(MergeOptions options = {});
LayerPtr average(MergeOptions options = {});
LayerPtr maximum(MergeOptions options = {});
LayerPtr minimum(MergeOptions options = {});

}  // namespace tfjs::layers
