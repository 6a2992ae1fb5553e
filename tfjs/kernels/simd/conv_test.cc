#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"

namespace tfjs::kernels {
namespace {

using ops::Conv2dOptions;
using ops::UnaryKind;
using shape::ConvAxis;
using shape::Padding;

std::string text(const ConvAxis& axis) {
  return cat("(in ", axis.input, " kernel ", axis.kernel, " stride ", axis.stride, " dilation ",
             axis.dilation, " pad ", axis.pad_before, ")");
}

KernelCase with_epilogue(KernelCase test, const ops::Epilogue& epilogue) {
  const Shape out = test.outputs[0].shape;
  if (epilogue.bias) test.inputs.push_back(floats({out[-1]}));
  if (epilogue.residual) test.inputs.push_back(floats(out));
  return test;
}

void check_conv2d(std::int64_t batch, const ConvAxis& height, const ConvAxis& width,
                  std::int64_t channels_in, std::int64_t channels_out, bool constant,
                  const ops::Epilogue& epilogue = {}) {
  KernelCase test{ops::kConv2d, Conv2dOptions{height, width, epilogue}, {}, {}, {}};
  test.inputs = {floats({batch, height.input, width.input, channels_in}),
                 floats({height.kernel, width.kernel, channels_in, channels_out})};
  test.outputs = {floats({batch, height.output, width.output, channels_out})};
  // Rounding grows with the square root of the number of terms.
  const double terms = static_cast<double>(height.kernel * width.kernel * channels_in);
  test.tolerance = 1e-5 + 2e-6 * std::sqrt(terms);
  if (constant) test.constant_inputs = {1};
  expect_like_reference(with_epilogue(test, epilogue),
                        cat("conv2d ", batch, " ", text(height), text(width), " channels ",
                            channels_in, " to ", channels_out));
}

void check_depthwise(std::int64_t batch, const ConvAxis& height, const ConvAxis& width,
                     std::int64_t channels, std::int64_t multiplier,
                     const ops::Epilogue& epilogue = {}) {
  KernelCase test{ops::kDepthwiseConv2d, Conv2dOptions{height, width, epilogue}, {}, {}, {1}};
  test.inputs = {floats({batch, height.input, width.input, channels}),
                 floats({height.kernel, width.kernel, channels, multiplier})};
  test.outputs = {floats({batch, height.output, width.output, channels * multiplier})};
  expect_like_reference(with_epilogue(test, epilogue),
                        cat("depthwise ", batch, " ", text(height), text(width), " channels ",
                            channels, " times ", multiplier));
}

void check_transposed(std::int64_t batch, const ConvAxis& height, const ConvAxis& width,
                      std::int64_t channels_in, std::int64_t channels_out, bool constant,
                      const ops::Epilogue& epilogue = {}) {
  KernelCase test{ops::kConv2dTranspose, Conv2dOptions{height, width, epilogue}, {}, {}, {}};
  test.inputs = {floats({batch, height.output, width.output, channels_in}),
                 floats({height.kernel, width.kernel, channels_out, channels_in})};
  test.outputs = {floats({batch, height.input, width.input, channels_out})};
  if (constant) test.constant_inputs = {1};
  expect_like_reference(with_epilogue(test, epilogue),
                        cat("conv2d_transpose ", batch, " ", text(height), text(width),
                            " channels ", channels_in, " to ", channels_out));
}

struct Axis {
  std::int64_t input, kernel, stride, dilation;
};
constexpr Axis kAxes[] = {{1, 1, 1, 1},  {9, 1, 1, 1},  {9, 1, 2, 1},  {10, 3, 1, 1}, {11, 3, 2, 1},
                          {5, 5, 1, 1},  {12, 5, 2, 1}, {13, 3, 1, 2}, {14, 5, 1, 3}, {17, 7, 3, 1},
                          {20, 2, 2, 1}, {21, 4, 3, 1}, {3, 3, 1, 1},  {4, 2, 1, 2}};

std::vector<ConvAxis> axes() {
  std::vector<ConvAxis> all;
  for (const Axis& a : kAxes) {
    for (Padding padding : {Padding::Same, Padding::Valid}) {
      all.push_back(shape::conv_axis(a.input, a.kernel, a.stride, a.dilation, padding, "test"));
    }
  }
  all.push_back(shape::conv_axis_explicit(6, 3, 1, 1, 5, 4, "test"));
  return all;
}

TEST(Conv2dSimd, EqualsReferenceForEveryKindOfAxis) {
  const std::vector<ConvAxis> all = axes();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ConvAxis& other = all[(i * 7 + 3) % all.size()];
    check_conv2d(1, all[i], other, 5, 9, true);
    check_conv2d(2, other, all[i], 40, 35, false);
  }
}

TEST(Conv2dSimd, EqualsReferenceWithEpilogues) {
  const ConvAxis axis = shape::conv_axis(9, 3, 1, 1, Padding::Same, "test");
  const ConvAxis point = shape::conv_axis(9, 1, 1, 1, Padding::Same, "test");
  for (UnaryKind kind : {UnaryKind::Linear, UnaryKind::Relu6, UnaryKind::Swish}) {
    for (int flags = 0; flags < 4; ++flags) {
      ops::Epilogue epilogue;
      epilogue.bias = (flags & 1) != 0;
      epilogue.residual = (flags & 2) != 0;
      epilogue.activation = {kind, 0, 0};
      check_conv2d(1, axis, axis, 6, 34, true, epilogue);
      check_conv2d(2, axis, point, 70, 64, false, epilogue);
      check_conv2d(1, point, point, 20, 33, true, epilogue);
    }
  }
}

TEST(Conv2dSimd, EqualsReferenceOnImagesThatAreSplitOverThreads) {
  const ConvAxis big = shape::conv_axis(40, 3, 1, 1, Padding::Same, "test");
  const ConvAxis halved = shape::conv_axis(56, 3, 2, 1, Padding::Same, "test");
  check_conv2d(1, big, big, 33, 48, false);
  check_conv2d(1, halved, halved, 40, 48, true);
  check_conv2d(1, halved, halved, 3, 32, true, {.bias = true});
  const ConvAxis small = shape::conv_axis(5, 3, 1, 1, Padding::Same, "test");
  check_conv2d(1, small, small, 300, 200, true, {.bias = true});
}

TEST(Conv2dSimd, TreatsAWindowOfTheWholeImageAsAProduct) {
  const ConvAxis whole = shape::conv_axis(6, 6, 1, 1, Padding::Valid, "test");
  check_conv2d(1, whole, whole, 7, 50, true, {.bias = true});
  check_conv2d(8, whole, whole, 7, 50, true, {.bias = true});
}

TEST(DepthwiseConv2dSimd, EqualsReferenceForEveryKindOfAxis) {
  const std::vector<ConvAxis> all = axes();
  const std::int64_t channels[] = {2, 3, 4, 15, 16, 17, 40, 64};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ConvAxis& other = all[(i * 5 + 1) % all.size()];
    check_depthwise(1, all[i], other, channels[i % 8], 1);
    check_depthwise(2, all[i], all[i], channels[(i + 3) % 8], 1, {.bias = true});
  }
}

TEST(DepthwiseConv2dSimd, EqualsReferenceWithEpilogues) {
  const ConvAxis axis = shape::conv_axis(9, 3, 1, 1, Padding::Same, "test");
  const UnaryKind kinds[] = {UnaryKind::Relu, UnaryKind::Relu6, UnaryKind::LeakyRelu,
                             UnaryKind::ClipByValue, UnaryKind::Swish};
  for (UnaryKind kind : kinds) {
    for (int flags = 0; flags < 4; ++flags) {
      ops::Epilogue epilogue;
      epilogue.bias = (flags & 1) != 0;
      epilogue.residual = (flags & 2) != 0;
      epilogue.activation = {kind, -0.2f, 0.3f};
      check_depthwise(2, axis, axis, 21, 1, epilogue);
      check_depthwise(1, axis, axis, 3, 2, epilogue);
    }
  }
}

TEST(DepthwiseConv2dSimd, RepeatsChannelsForAMultiplier) {
  const ConvAxis axis = shape::conv_axis(8, 3, 2, 1, Padding::Same, "test");
  check_depthwise(2, axis, axis, 5, 3, {.bias = true});
  check_depthwise(2, axis, axis, 1, 7, {.bias = true});
}

TEST(Conv2dTransposeSimd, EqualsReferenceForEveryKindOfAxis) {
  std::vector<ConvAxis> all;
  for (std::int64_t kernel : {1, 2, 3, 4, 5}) {
    for (std::int64_t stride : {1, 2, 3}) {
      for (Padding padding : {Padding::Same, Padding::Valid}) {
        all.push_back(shape::conv_transpose_axis(4, kernel, stride, padding, "test"));
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    check_transposed(2, all[i], all[(i * 7 + 3) % all.size()], 7, 19, i % 2 == 0, {.bias = true});
  }
}

TEST(Conv2dTransposeSimd, EqualsReferenceWithEpilogues) {
  const ConvAxis axis = shape::conv_transpose_axis(5, 3, 2, Padding::Same, "test");
  for (UnaryKind kind : {UnaryKind::Linear, UnaryKind::Relu, UnaryKind::Tanh}) {
    ops::Epilogue epilogue{true, true, {kind, 0, 0}};
    check_transposed(1, axis, axis, 24, 40, true, epilogue);
  }
}

void check_conv3d(const Op& op, const std::vector<ConvAxis>& a, bool transposed) {
  const std::int64_t channels_in = 5;
  const std::int64_t channels_out = 18;
  KernelCase test{op, ops::Conv3dOptions{a[0], a[1], a[2]}, {}, {}, {1}};
  const TensorSpec image =
      floats({2, a[0].input, a[1].input, a[2].input, transposed ? channels_out : channels_in});
  const TensorSpec result =
      floats({2, a[0].output, a[1].output, a[2].output, transposed ? channels_in : channels_out});
  const Shape kernel{a[0].kernel, a[1].kernel, a[2].kernel};
  if (transposed) {
    test.inputs = {result, floats(concat(kernel, {channels_out, channels_in}))};
    test.outputs = {image};
  } else {
    test.inputs = {image, floats(concat(kernel, {channels_in, channels_out}))};
    test.outputs = {result};
  }
  expect_like_reference(test, cat(op.name, " ", text(a[0]), text(a[1]), text(a[2])));
}

TEST(Conv3dSimd, EqualsReference) {
  for (Padding padding : {Padding::Same, Padding::Valid}) {
    const auto axis = [&](std::int64_t input, std::int64_t kernel, std::int64_t stride,
                          std::int64_t dilation) {
      return shape::conv_axis(input, kernel, stride, dilation, padding, "test", 3);
    };
    check_conv3d(ops::kConv3d, {axis(5, 3, 1, 1), axis(6, 2, 2, 1), axis(7, 3, 1, 2)}, false);
    check_conv3d(ops::kConv3d, {axis(4, 1, 1, 1), axis(3, 1, 1, 1), axis(5, 1, 1, 1)}, false);
    check_conv3d(ops::kConv3d, {axis(3, 3, 2, 1), axis(5, 5, 1, 1), axis(6, 3, 3, 1)}, false);
    check_conv3d(ops::kConv3d, {axis(4, 1, 2, 1), axis(6, 1, 3, 1), axis(9, 2, 4, 1)}, false);
  }
}

TEST(Conv3dTransposeSimd, EqualsReference) {
  for (Padding padding : {Padding::Same, Padding::Valid}) {
    const auto axis = [&](std::int64_t input, std::int64_t kernel, std::int64_t stride) {
      return shape::conv_transpose_axis(input, kernel, stride, padding, "test", 3);
    };
    check_conv3d(ops::kConv3dTranspose, {axis(3, 3, 1), axis(4, 2, 2), axis(3, 3, 2)}, true);
    check_conv3d(ops::kConv3dTranspose, {axis(2, 1, 2), axis(4, 5, 3), axis(3, 1, 1)}, true);
    check_conv3d(ops::kConv3dTranspose, {axis(2, 1, 2), axis(3, 1, 3), axis(3, 2, 4)}, true);
  }
}

}  // namespace
}  // namespace tfjs::kernels
