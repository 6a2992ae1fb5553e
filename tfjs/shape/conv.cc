#include "tfjs/shape/conv.h"

#include <algorithm>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"

namespace tfjs::shape {
namespace {

[[noreturn]] void too_large(const char* what) {
  throw invalid_argument(what, ": kernel size, stride and dilation are too large together");
}

std::int64_t multiply(std::int64_t a, std::int64_t b, const char* what) {
  const auto product = checked_multiply(a, b);
  if (!product) too_large(what);
  return *product;
}

std::int64_t add(std::int64_t a, std::int64_t b, const char* what) {
  const auto sum = checked_add(a, b);
  if (!sum) too_large(what);
  return *sum;
}

void require_positive(std::int64_t value, const char* name, const char* what) {
  if (value < 1) throw invalid_argument(what, ": ", name, " must be at least 1, got ", value);
}

/// Checks everything but the result and leaves padding and output to the caller.
ConvAxis checked_axis(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                      std::int64_t dilation, const char* what) {
  require_positive(kernel, "kernel size", what);
  require_positive(stride, "stride", what);
  require_positive(dilation, "dilation", what);
  if (input < 0 && input != kUnknown) {
    throw invalid_argument(what, ": input size must not be negative, got ", input);
  }
  ConvAxis axis;
  axis.input = input;
  axis.kernel = kernel;
  axis.stride = stride;
  axis.dilation = dilation;
  return axis;
}

/// Input cells one output cell reaches over.
std::int64_t extent(const ConvAxis& axis, const char* what) {
  return add(multiply(axis.kernel - 1, axis.dilation, what), 1, what);
}

/// Windows that fit into `cells` cells.
std::int64_t window_count(std::int64_t cells, const ConvAxis& axis, const char* what) {
  const std::int64_t reach = extent(axis, what);
  if (reach > cells) {
    throw invalid_argument(what, ": kernel of size ", axis.kernel, " with dilation ", axis.dilation,
                           " reaches over ", reach, " cells, but there are only ", cells);
  }
  return (cells - reach) / axis.stride + 1;
}

/// Pads so that `reached` cells are there, the smaller half before: half rounded down, also when
/// there are too many cells and three axes let the padding be negative.
void pad_same(ConvAxis& axis, std::int64_t reached, int spatial_axes) {
  std::int64_t total = reached - axis.input;
  if (total < 0 && spatial_axes < 3) total = 0;
  axis.pad_before = (total - (total < 0 ? 1 : 0)) / 2;
  axis.pad_after = total - axis.pad_before;
}

}  // namespace

Padding parse_padding(const std::string& text, const char* what) {
  std::string lower = text;
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower == "valid") return Padding::Valid;
  if (lower == "same") return Padding::Same;
  throw invalid_argument(what, ": padding must be 'valid' or 'same', got ", quoted(text));
}

ConvAxis conv_axis(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                   std::int64_t dilation, Padding padding, const char* what, int spatial_axes) {
  if (padding == Padding::Valid) {
    return conv_axis_explicit(input, kernel, stride, dilation, 0, 0, what);
  }
  ConvAxis axis = checked_axis(input, kernel, stride, dilation, what);
  if (input == kUnknown || input == 0) {
    axis.output = input;
    return axis;
  }
  axis.output = (input - 1) / stride + 1;
  // (output - 1) * stride stays below input, so only the extent can be large.
  pad_same(axis, add((axis.output - 1) * stride, extent(axis, what), what), spatial_axes);
  return axis;
}

ConvAxis conv_axis_explicit(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                            std::int64_t dilation, std::int64_t pad_before, std::int64_t pad_after,
                            const char* what) {
  ConvAxis axis = checked_axis(input, kernel, stride, dilation, what);
  if (pad_before < 0 || pad_after < 0) {
    throw invalid_argument(what, ": padding must not be negative, got ", pad_before, " and ",
                           pad_after);
  }
  axis.pad_before = pad_before;
  axis.pad_after = pad_after;
  if (input == kUnknown || input == 0) {
    axis.output = input;
    return axis;
  }
  axis.output = window_count(add(add(input, pad_before, what), pad_after, what), axis, what);
  return axis;
}

ConvAxis conv_transpose_axis(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                             Padding padding, const char* what, int spatial_axes) {
  ConvAxis axis = checked_axis(input, kernel, stride, 1, what);
  axis.output = input;
  if (input == kUnknown) return axis;
  const std::int64_t spread = multiply(input, stride, what);
  if (padding == Padding::Valid) {
    axis.input = add(spread, std::max<std::int64_t>(kernel - stride, 0), what);
    return axis;
  }
  axis.input = spread;
  if (input == 0) return axis;
  pad_same(axis, add(spread - stride, kernel, what), spatial_axes);
  return axis;
}

}  // namespace tfjs::shape
