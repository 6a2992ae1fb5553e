// The geometry of convolutions and pooling, worked out once: the layer, the op and its kernels
// share it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tfjs/core/shape.h"

namespace tfjs::shape {

enum class Padding { Valid, Same };

/// "valid" or "same" (any case). Errors: InvalidArgument naming `what` and the text.
Padding parse_padding(const std::string& text, const char* what);

/// One spatial axis. Units: pixels.
struct ConvAxis {
  std::int64_t input = 0;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t pad_before = 0;
  std::int64_t pad_after = 0;
  std::int64_t output = 0;
  bool operator==(const ConvAxis&) const = default;
};

/// Same:   output = ceil(input / stride); total padding = max((output-1)*stride +
/// (kernel-1)*dilation + 1 - input, 0),
///         the smaller half before.
/// Valid:  output = floor((input - ((kernel-1)*dilation + 1)) / stride) + 1.
/// An unknown input gives an unknown output.
/// With three spatial axes TensorFlow.js does not take the maximum with 0: where a stride skips
/// more than the kernel covers, `pad_before` is negative, and the first window begins that many
/// cells late.
/// Errors: InvalidArgument naming `what`: a size, stride or dilation below 1, output below 1 (but 0
/// for input 0).
ConvAxis conv_axis(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                   std::int64_t dilation, Padding padding, const char* what, int spatial_axes = 2);

/// With padding given in cells.
ConvAxis conv_axis_explicit(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                            std::int64_t dilation, std::int64_t pad_before, std::int64_t pad_after,
                            const char* what);

/// Transposed convolution along one axis, as the forward convolution from `output` to `input`.
/// Same: output = input*stride; Valid: output = input*stride + max(kernel - stride, 0).
/// In the result `input` is the forward convolution's input, that is the transposed one's output,
/// and `output` its input; y[o] += x[i] * w[k] with o = i*stride + k - pad_before.
/// Three spatial axes pad as in conv_axis.
ConvAxis conv_transpose_axis(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                             Padding padding, const char* what, int spatial_axes = 2);

}  // namespace tfjs::shape
