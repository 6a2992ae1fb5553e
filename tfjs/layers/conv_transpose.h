// Transposed convolutions ("deconvolutions"): they grow images and volumes.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ConvTransposeOptions {
  std::int64_t filters = 0;                    ///< channels of the result; at least 1
  std::vector<std::int64_t> kernel_size = {};  ///< one per spatial axis, or one for all
  std::vector<std::int64_t> strides = {1};
  std::string padding = "valid";  ///< "valid" or "same"
  std::string data_format = "channels_last";
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
using Conv2DTransposeOptions = ConvTransposeOptions;
using Conv3DTransposeOptions = ConvTransposeOptions;

/// activation(the gradient of a convolution by its input + bias).
///
/// Shapes    x       [batch, height, width, in]
///           kernel  [kh, kw, filters, in]; bias [filters]
///           result  [batch, height', width', filters]; height' = height * stride with "same",
///                   height * stride + max(kernel - stride, 0) with "valid"
///           With "channels_first" x and result have their channels at axis 1.
/// Errors    InvalidArgument: a size below 1, an unknown padding, channels unknown. Unsupported:
/// Keras's output_padding, or a
///           dilation_rate above 1, in a file.
LayerPtr conv2d_transpose(Conv2DTransposeOptions options);

/// The same over volumes: x [batch, depth, height, width, in], kernel [kd, kh, kw, filters, in].
LayerPtr conv3d_transpose(Conv3DTransposeOptions options);

}  // namespace tfjs::layers
