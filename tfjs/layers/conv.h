// Convolution layers over sequences, images and volumes.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ConvOptions {
  std::int64_t filters = 0;                    ///< channels of the result; at least 1
  std::vector<std::int64_t> kernel_size = {};  ///< one per spatial axis, or one for all
  std::vector<std::int64_t> strides = {1};
  std::string padding =
      "valid";  ///< "valid", "same"; Conv1D also "causal": only earlier steps are seen
  std::string data_format = "channels_last";
  std::vector<std::int64_t> dilation_rate = {1};
  std::int64_t groups =
      1;  ///< input channels and filters are split into so many independent convolutions
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
using Conv1DOptions = ConvOptions;
using Conv2DOptions = ConvOptions;
using Conv3DOptions = ConvOptions;

/// activation(cross-correlation of x and kernel + bias).
///
/// Shapes    x       [batch, steps, in]
///           kernel  [kernel_size, in / groups, filters]; bias [filters]
///           result  [batch, steps', filters]; steps' as shape::conv_axis says (causal: ceil(steps
///           / stride)) With "channels_first" x and result have their channels at axis 1.
/// Errors    InvalidArgument: a size below 1, an unknown padding, strides and dilation both above
/// 1, channels unknown or not
///           divisible by groups, a kernel larger than the input with "valid".
LayerPtr conv1d(Conv1DOptions options);

/// The same over images: x [batch, height, width, in], kernel [kh, kw, in / groups, filters].
/// Example   model.add(layers::conv2d({.filters = 8, .kernel_size = {3}, .padding = "same",
/// .activation = "relu"}));
LayerPtr conv2d(Conv2DOptions options);

/// The same over volumes: x [batch, depth, height, width, in], kernel [kd, kh, kw, in / groups,
/// filters].
LayerPtr conv3d(Conv3DOptions options);

}  // namespace tfjs::layers
