#include "tfjs/ops/conv3d.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/internal/conv_arguments.h"

namespace tfjs::ops {
namespace {

void check_inputs(const Tensor& x, const Tensor& filter, int filter_channels_axis,
                  const char* what) {
  internal::require_rank(x, 5, what, "x");
  internal::require_rank(filter, 5, what, "filter");
  const std::int64_t taken = filter.shape()[filter_channels_axis];
  if (x.shape()[4] != taken) {
    throw invalid_argument(what, ": x ", x.shape(), " has ", x.shape()[4], " channels, but filter ",
                           filter.shape(), " takes ", taken);
  }
}

}  // namespace

const Op kConv3d{"Conv3d", {"Conv3D"}};
const Op kConv3dTranspose{"Conv3dTranspose", {"Conv3DBackpropInputV2"}};

Tensor conv3d(const Tensor& x, const Tensor& filter, const Conv3dArguments& arguments) {
  const char* what = "conv3d";
  internal::check_conv_arguments(arguments.strides, arguments.dilations, 3, what);
  check_inputs(x, filter, 3, what);
  const auto axis = [&](int i) {
    return shape::conv_axis(x.shape()[1 + i], filter.shape()[i], arguments.strides[i],
                            arguments.dilations[i], arguments.padding, what, 3);
  };
  const Conv3dOptions options{axis(0), axis(1), axis(2)};
  TensorSpec output =
      internal::checked_spec(DType::Float32,
                             {x.shape()[0], options.depth.output, options.height.output,
                              options.width.output, filter.shape()[4]},
                             what);
  return evaluate_op(kConv3d, options,
                     {internal::as_float(x, what, "x"), internal::as_float(filter, what, "filter")},
                     std::move(output));
}

Tensor conv3d_transpose(const Tensor& x, const Tensor& filter, const Conv3dArguments& arguments) {
  const char* what = "conv3d_transpose";
  internal::check_transposed_arguments(arguments.strides, arguments.dilations, 3, what);
  check_inputs(x, filter, 4, what);
  const auto axis = [&](int i) {
    return shape::conv_transpose_axis(x.shape()[1 + i], filter.shape()[i], arguments.strides[i],
                                      arguments.padding, what, 3);
  };
  const Conv3dOptions options{axis(0), axis(1), axis(2)};
  TensorSpec output =
      internal::checked_spec(DType::Float32,
                             {x.shape()[0], options.depth.input, options.height.input,
                              options.width.input, filter.shape()[3]},
                             what);
  return evaluate_op(kConv3dTranspose, options,
                     {internal::as_float(x, what, "x"), internal::as_float(filter, what, "filter")},
                     std::move(output));
}

}  // namespace tfjs::ops
