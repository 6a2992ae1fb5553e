// A depthwise convolution followed by one of kernel size 1 that mixes the channels.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct SeparableConv2DOptions {
  std::int64_t filters = 0;                    ///< channels of the result; at least 1
  std::vector<std::int64_t> kernel_size = {};  ///< height and width, or one for both
  std::vector<std::int64_t> strides = {1};
  std::string padding = "valid";  ///< "valid" or "same"
  std::string data_format = "channels_last";
  std::vector<std::int64_t> dilation_rate = {1};
  std::int64_t depth_multiplier = 1;  ///< depthwise results per input channel
  Activation activation = "linear";
  bool use_bias = true;
  Initializer depthwise_initializer = "glorotUniform";
  Initializer pointwise_initializer = "glorotUniform";
  Initializer bias_initializer = "zeros";
  Regularizer depthwise_regularizer = {};
  Regularizer pointwise_regularizer = {};
  Regularizer bias_regularizer = {};
  Regularizer activity_regularizer = {};
  Constraint depthwise_constraint = {};
  Constraint pointwise_constraint = {};
  Constraint bias_constraint = {};
  TFJS_LAYER_OPTIONS
};

/// Shapes    x                 [batch, height, width, in]
///           depthwise_kernel  [kh, kw, in, depth_multiplier]
///           pointwise_kernel  [1, 1, in * depth_multiplier, filters]; bias [filters]
///           result            [batch, height', width', filters]
/// Files     TensorFlow.js does not save depth_multiplier; where a file lacks it, the weights'
/// shapes say it. Errors    InvalidArgument: a size below 1, an unknown padding, strides and
/// dilation both above 1, channels unknown.
LayerPtr separable_conv2d(SeparableConv2DOptions options);

}  // namespace tfjs::layers
