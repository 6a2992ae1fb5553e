// Convolutions over images: dense, depthwise, transposed.
#pragma once

#include "tfjs/ops/epilogue.h"
#include "tfjs/shape/conv.h"

namespace tfjs::ops {

struct Conv2dOptions {
  shape::ConvAxis height;
  shape::ConvAxis width;
  Epilogue epilogue;
};

extern const Op kConv2d;
extern const Op kDepthwiseConv2d;
extern const Op kConv2dTranspose;

struct Conv2dArguments {
  std::vector<std::int64_t> strides = {1, 1};
  shape::Padding padding = shape::Padding::Valid;
  std::vector<std::int64_t> dilations = {1, 1};
};

/// 2-D convolution over a batch of images (cross-correlation, as in Keras).
///
/// Shapes    x       [N, H, W, C_in]           float32
///           filter  [KH, KW, C_in, C_out]     float32
///           result  [N, H', W', C_out]        float32; H', W' as shape::conv_axis says
/// Units     strides and dilations count pixels; {1, 1} is dense.
/// Errors    InvalidArgument: rank is not 4, C_in differs, stride and dilation both above 1.
/// Example   Tensor y = conv2d(image, edge_filter, {.padding = shape::Padding::Same});
Tensor conv2d(const Tensor& x, const Tensor& filter, const Conv2dArguments& arguments = {});

/// Each channel with its own filters.
///
/// Shapes    x       [N, H, W, C]
///           filter  [KH, KW, C, M]
///           result  [N, H', W', C * M]; channel c*M + m comes from input channel c
Tensor depthwise_conv2d(const Tensor& x, const Tensor& filter,
                        const Conv2dArguments& arguments = {});

/// The gradient of conv2d by its input, used as a layer ("deconvolution").
///
/// Shapes    x       [N, H, W, C_in]
///           filter  [KH, KW, C_out, C_in]
///           result  [N, H', W', C_out]; H' as shape::conv_transpose_axis says (its options hold
///           forward axes)
/// Errors    InvalidArgument: rank is not 4, C_in differs, dilations other than 1.
Tensor conv2d_transpose(const Tensor& x, const Tensor& filter,
                        const Conv2dArguments& arguments = {});

}  // namespace tfjs::ops
