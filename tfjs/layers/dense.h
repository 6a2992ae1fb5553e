// Densely connected layer.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct DenseOptions {
  std::int64_t units = 0;  ///< size of the result's last axis; at least 1
  Activation activation = "linear";
  bool use_bias = true;
  Initializer kernel_initializer = "glorotNormal";
  Initializer bias_initializer = "zeros";
  Regularizer kernel_regularizer = {};
  Regularizer bias_regularizer = {};
  Regularizer activity_regularizer = {};
  Constraint kernel_constraint = {};
  Constraint bias_constraint = {};
  TFJS_LAYER_OPTIONS
};

/// activation(x * kernel + bias) over the last axis.
///
/// Shapes    x       [batch, ..., in]     float32, rank >= 2, `in` known
///           kernel  [in, units]; bias [units]
///           result  [batch, ..., units]
/// Masking   passes its input's mask on.
/// Errors    InvalidArgument: units below 1, rank below 2, last axis unknown.
/// Example   model.add(layers::dense({.units = 16, .activation = "relu", .input_shape = {8}}));
LayerPtr dense(DenseOptions options);

}  // namespace tfjs::layers
