// Convolutions over volumes.
#pragma once

#include "tfjs/ops/epilogue.h"
#include "tfjs/shape/conv.h"

namespace tfjs::ops {

struct Conv3dOptions {
  shape::ConvAxis depth;
  shape::ConvAxis height;
  shape::ConvAxis width;
};

extern const Op kConv3d;
extern const Op kConv3dTranspose;

struct Conv3dArguments {
  std::vector<std::int64_t> strides = {1, 1, 1};
  shape::Padding padding = shape::Padding::Valid;
  std::vector<std::int64_t> dilations = {1, 1, 1};
};

/// Shapes    x [N, D, H, W, C_in], filter [KD, KH, KW, C_in, C_out], result [N, D', H', W', C_out]
Tensor conv3d(const Tensor& x, const Tensor& filter, const Conv3dArguments& arguments = {});
/// Shapes    x [N, D, H, W, C_in], filter [KD, KH, KW, C_out, C_in], result [N, D', H', W', C_out]
Tensor conv3d_transpose(const Tensor& x, const Tensor& filter,
                        const Conv3dArguments& arguments = {});

}  // namespace tfjs::ops
