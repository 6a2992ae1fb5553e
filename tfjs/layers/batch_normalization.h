// Batch normalization: at inference a scale and a shift per channel.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct BatchNormalizationOptions {
  std::int64_t axis = -1;  ///< the axis of channels
  double momentum = 0.99;  ///< of the moving statistics, in training
  double epsilon = 0.001;
  bool center = true;  ///< has beta
  bool scale = true;   ///< has gamma
  Initializer beta_initializer = "zeros";
  Initializer gamma_initializer = "ones";
  Initializer moving_mean_initializer = "zeros";
  Initializer moving_variance_initializer = "ones";
  Regularizer beta_regularizer = {};
  Regularizer gamma_regularizer = {};
  Constraint beta_constraint = {};
  Constraint gamma_constraint = {};
  TFJS_LAYER_OPTIONS
};

/// (x - moving_mean) / sqrt(moving_variance + epsilon) * gamma + beta.
///
/// Shapes    x any rank of at least 2, its size at `axis` known; weights [that size]; result like x
/// Masking   passes its input's mask on.
/// Errors    InvalidArgument: axis out of range or the batch axis, its size unknown.
LayerPtr batch_normalization(BatchNormalizationOptions options = {});

}  // namespace tfjs::layers
