// Leaky rectified linear unit whose slopes are trained.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct PReLUOptions {
  Initializer alpha_initializer = "zeros";
  Regularizer alpha_regularizer = {};
  Constraint alpha_constraint = {};
  /// Axes, counted from 1, along which one slope serves all: {1, 2} gives each channel of an image
  /// one slope.
  std::optional<std::vector<std::int64_t>> shared_axes = std::nullopt;
  TFJS_LAYER_OPTIONS
};

/// x where x >= 0, else alpha * x.
///
/// Shapes    x [batch, ...], alpha: x's dims without batch, 1 along shared axes; result like x
/// Masking   passes its input's mask on.
/// Errors    InvalidArgument: a shared axis out of range, an unknown dim that is not shared.
LayerPtr prelu(PReLUOptions options = {});

}  // namespace tfjs::layers
