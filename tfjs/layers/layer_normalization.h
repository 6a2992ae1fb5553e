// Layer normalization: every sample by its own mean and variance.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct LayerNormalizationOptions {
  std::vector<std::int64_t> axis = {-1};
  double epsilon = 0.001;
  bool center = true;  ///< has beta
  bool scale = true;   ///< has gamma
  Initializer beta_initializer = "zeros";
  Initializer gamma_initializer = "ones";
  Regularizer beta_regularizer = {};
  Regularizer gamma_regularizer = {};
  Constraint beta_constraint = {};
  Constraint gamma_constraint = {};
  TFJS_LAYER_OPTIONS
};

/// (x - mean) / sqrt(variance + epsilon) * gamma + beta, mean and biased variance over `axis`.
///
/// Shapes    x any rank of at least 2, its sizes at `axis` known; weights: those sizes; result like
/// x Masking   passes its input's mask on. Errors    InvalidArgument: no axis, one out of range or
/// twice, its size unknown. Unsupported: Keras's rms_scaling.
LayerPtr layer_normalization(LayerNormalizationOptions options = {});

}  // namespace tfjs::layers
