// Convolution of each channel by itself.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct DepthwiseConv2DOptions {
  std::vector<std::int64_t> kernel_size = {};  ///< height and width, or one for both
  std::vector<std::int64_t> strides = {1};
  std::string padding = "valid";  ///< "valid" or "same"
  std::string data_format = "channels_last";
  std::vector<std::int64_t> dilation_rate = {1};
  std::int64_t depth_multiplier = 1;  ///< results per input channel
  Activation activation = "linear";
  bool use_bias = true;
  Initializer depthwise_initializer = "glorotNormal";
  Initializer bias_initializer = "zeros";
  Regularizer depthwise_regularizer = {};
  Regularizer bias_regularizer = {};
  Regularizer activity_regularizer = {};
  Constraint depthwise_constraint = {};
  Constraint bias_constraint = {};
  TFJS_LAYER_OPTIONS
};

/// Shapes    x                 [batch, height, width, in]
///           depthwise_kernel  [kh, kw, in, depth_multiplier]; bias [in * depth_multiplier]
///           result            [batch, height', width', in * depth_multiplier]; channel c *
///           depth_multiplier + m comes
///                             from input channel c
/// Errors    InvalidArgument: a size below 1, an unknown padding, strides and dilation both above
/// 1, channels unknown.
LayerPtr depthwise_conv2d(DepthwiseConv2DOptions options);

}  // namespace tfjs::layers
