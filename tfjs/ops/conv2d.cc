#include "tfjs/ops/conv2d.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/internal/conv_arguments.h"

namespace tfjs::ops {
namespace {

/// Axes, checked inputs and output of a forward convolution; the caller adds the channels.
struct Forward {
  Tensor x;
  Tensor filter;
  Conv2dOptions options;

  TensorSpec output(std::int64_t channels, const char* what) const {
    return internal::checked_spec(
        DType::Float32, {x.shape()[0], options.height.output, options.width.output, channels},
        what);
  }
};

Forward forward(const Tensor& x, const Tensor& filter, const Conv2dArguments& arguments,
                const char* what) {
  internal::check_conv_arguments(arguments.strides, arguments.dilations, 2, what);
  internal::require_rank(x, 4, what, "x");
  internal::require_rank(filter, 4, what, "filter");
  if (x.shape()[3] != filter.shape()[2]) {
    throw invalid_argument(what, ": x ", x.shape(), " has ", x.shape()[3], " channels, but filter ",
                           filter.shape(), " takes ", filter.shape()[2]);
  }
  Forward out{internal::as_float(x, what, "x"), internal::as_float(filter, what, "filter"), {}};
  const auto axis = [&](int i) {
    return shape::conv_axis(x.shape()[1 + i], filter.shape()[i], arguments.strides[i],
                            arguments.dilations[i], arguments.padding, what);
  };
  out.options.height = axis(0);
  out.options.width = axis(1);
  return out;
}

}  // namespace

const Op kConv2d{"Conv2d", {"Conv2D"}};
const Op kDepthwiseConv2d{"DepthwiseConv2d", {"DepthwiseConv2dNative"}};
const Op kConv2dTranspose{"Conv2dTranspose", {"Conv2DBackpropInput"}};

Tensor conv2d(const Tensor& x, const Tensor& filter, const Conv2dArguments& arguments) {
  const Forward conv = forward(x, filter, arguments, "conv2d");
  return evaluate_op(kConv2d, conv.options, {conv.x, conv.filter},
                     conv.output(filter.shape()[3], "conv2d"));
}

Tensor depthwise_conv2d(const Tensor& x, const Tensor& filter, const Conv2dArguments& arguments) {
  const Forward conv = forward(x, filter, arguments, "depthwise_conv2d");
  const std::int64_t channels =
      internal::checked_spec(DType::Float32, filter.shape().sub(2), "depthwise_conv2d")
          .shape.size();
  return evaluate_op(kDepthwiseConv2d, conv.options, {conv.x, conv.filter},
                     conv.output(channels, "depthwise_conv2d"));
}

Tensor conv2d_transpose(const Tensor& x, const Tensor& filter, const Conv2dArguments& arguments) {
  const char* what = "conv2d_transpose";
  internal::check_transposed_arguments(arguments.strides, arguments.dilations, 2, what);
  internal::require_rank(x, 4, what, "x");
  internal::require_rank(filter, 4, what, "filter");
  if (x.shape()[3] != filter.shape()[3]) {
    throw invalid_argument(what, ": x ", x.shape(), " has ", x.shape()[3], " channels, but filter ",
                           filter.shape(), " takes ", filter.shape()[3]);
  }
  const auto axis = [&](int i) {
    return shape::conv_transpose_axis(x.shape()[1 + i], filter.shape()[i], arguments.strides[i],
                                      arguments.padding, what);
  };
  Conv2dOptions options;
  options.height = axis(0);
  options.width = axis(1);
  TensorSpec output = internal::checked_spec(
      DType::Float32, {x.shape()[0], options.height.input, options.width.input, filter.shape()[2]},
      what);
  return evaluate_op(kConv2dTranspose, options,
                     {internal::as_float(x, what, "x"), internal::as_float(filter, what, "filter")},
                     std::move(output));
}

}  // namespace tfjs::ops
