#include <gtest/gtest.h>

#include <numeric>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"

namespace tfjs::kernels {
namespace {

using shape::Padding;
using testing::values;
using Floats = std::vector<float>;

/// 1, 2, 3, ...
Tensor counting(Shape shape) {
  Floats numbers(static_cast<std::size_t>(shape.size()));
  std::iota(numbers.begin(), numbers.end(), 1.0f);
  return Tensor::of<float>(numbers, std::move(shape));
}

class ConvReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
};

TEST_F(ConvReference, CorrelatesWithoutFlippingTheFilter) {
  const Tensor filter = Tensor::of<float>({1, 10, 100, 1000}, {2, 2, 1, 1});
  EXPECT_EQ(values<float>(ops::conv2d(counting({1, 3, 3, 1}), filter)),
            Floats({5421, 6532, 8754, 9865}));
}

TEST_F(ConvReference, PadsSameMoreAfterThanBefore) {
  const Tensor filter = Tensor::of<float>({1, 10, 100, 1000}, {2, 2, 1, 1});
  const Tensor y = ops::conv2d(counting({1, 2, 2, 1}), filter, {.padding = Padding::Same});
  EXPECT_EQ(values<float>(y), Floats({4321, 402, 43, 4}));
}

TEST_F(ConvReference, MixesChannelsAndKeepsImagesApart) {
  // Two images of one pixel with two channels; three filters.
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {2, 1, 1, 2});
  const Tensor filter = Tensor::of<float>({1, 0, 10, 0, 1, 100}, {1, 1, 2, 3});
  EXPECT_EQ(values<float>(ops::conv2d(x, filter)), Floats({1, 2, 210, 3, 4, 430}));
}

TEST_F(ConvReference, StridesAndDilates) {
  const Tensor x = counting({1, 1, 7, 1});
  const Tensor filter = Tensor::of<float>({1, 100}, {1, 2, 1, 1});
  EXPECT_EQ(values<float>(ops::conv2d(x, filter, {.strides = {1, 3}})), Floats({201, 504}));
  EXPECT_EQ(values<float>(ops::conv2d(x, filter, {.dilations = {1, 4}})), Floats({501, 602, 703}));
}

TEST_F(ConvReference, GivesNothingForAnEmptyBatchOrImage) {
  const Tensor filter = Tensor::full({2, 2, 1, 1}, 1);
  EXPECT_EQ(ops::conv2d(Tensor::zeros({0, 3, 3, 1}), filter).shape(), Shape({0, 2, 2, 1}));
  EXPECT_EQ(ops::conv2d(Tensor::zeros({1, 0, 3, 1}), filter).size(), 0);
}

TEST_F(ConvReference, SumsNothingToZeroWithoutChannels) {
  const Tensor y = ops::conv2d(Tensor::zeros({1, 1, 2, 0}), Tensor::zeros({1, 1, 0, 1}));
  EXPECT_EQ(values<float>(y), Floats({0, 0}));
}

TEST_F(ConvReference, AppliesBiasResidualAndActivationInThisOrder) {
  const Tensor x = Tensor::of<float>({1, 2}, {1, 1, 2, 1});
  const Tensor filter = Tensor::of<float>({1, -1}, {1, 1, 1, 2});
  const Tensor bias = Tensor::of<float>({10, 20}, {2});
  const Tensor residual = Tensor::of<float>({0.5f, -30, -50, 0.25f}, {1, 1, 2, 2});
  ops::Conv2dOptions options;
  options.height = shape::conv_axis(1, 1, 1, 1, Padding::Valid, "test");
  options.width = shape::conv_axis(2, 1, 1, 1, Padding::Valid, "test");
  options.epilogue = {true, true, {ops::UnaryKind::Relu}};
  const TensorSpec output{DType::Float32, {1, 1, 2, 2}};
  for (const Op* op : {&ops::kConv2d, &ops::kConv2dTranspose}) {
    // A filter of one pixel is its own transpose but for the order of its channels.
    const Tensor own = op == &ops::kConv2d ? filter : filter.with_shape({1, 1, 2, 1});
    const Tensor y = evaluate_op(*op, options, {x, own, bias, residual}, output);
    EXPECT_EQ(values<float>(y), Floats({11.5f, 0, 0, 18.25f})) << op->name;
  }
}

TEST_F(ConvReference, KeepsDepthwiseChannelsApartMultiplierInnermost) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {1, 1, 2, 2});
  // Filters of channel 0: (1, 10) then (100, 1000); of channel 1: (2, 20) then (200, 2000).
  const Tensor filter = Tensor::of<float>({1, 100, 2, 200, 10, 1000, 20, 2000}, {1, 2, 2, 2});
  EXPECT_EQ(values<float>(ops::depthwise_conv2d(x, filter)), Floats({31, 3100, 84, 8400}));
}

TEST_F(ConvReference, PadsDepthwiseAndAppliesItsEpilogue) {
  const Tensor x = Tensor::of<float>({1, -2, 3}, {1, 1, 3, 1});
  ops::Conv2dOptions options;
  options.height = shape::conv_axis(1, 1, 1, 1, Padding::Same, "test");
  options.width = shape::conv_axis(3, 3, 1, 1, Padding::Same, "test");
  options.epilogue = {true, false, {ops::UnaryKind::Relu}};
  const Tensor y =
      evaluate_op(ops::kDepthwiseConv2d, options,
                  {x, Tensor::of<float>({1, 1, 10}, {1, 3, 1, 1}), Tensor::full({1}, 0.5f)},
                  {DType::Float32, {1, 1, 3, 1}});
  EXPECT_EQ(values<float>(y), Floats({0, 29.5f, 1.5f}));
}

TEST_F(ConvReference, ScattersInputsWhenTransposed) {
  const Tensor x = Tensor::of<float>({1, 2}, {1, 1, 2, 1});
  const Tensor filter = Tensor::of<float>({1, 10, 100}, {1, 3, 1, 1});
  // Valid: 1 at cells 0..2, 2 at cells 2..4.
  EXPECT_EQ(values<float>(ops::conv2d_transpose(x, filter, {.strides = {1, 2}})),
            Floats({1, 10, 102, 20, 200}));
  // Same: four cells, the surplus one falls off the end.
  EXPECT_EQ(values<float>(
                ops::conv2d_transpose(x, filter, {.strides = {1, 2}, .padding = Padding::Same})),
            Floats({1, 10, 102, 20}));
}

TEST_F(ConvReference, TransposedIsTheAdjointOfForward) {
  // <conv(a), b> = <a, conv_transpose(b)> for every a and b.
  const Tensor filter = counting({3, 2, 2, 3});
  for (Padding padding : {Padding::Same, Padding::Valid}) {
    const Tensor b = counting({2, 3, 4, 3});
    const Tensor transposed =
        ops::conv2d_transpose(b, filter, {.strides = {2, 1}, .padding = padding});
    const Tensor a = counting(transposed.shape());
    const Tensor forward = ops::conv2d(a, filter, {.strides = {2, 1}, .padding = padding});
    ASSERT_EQ(forward.shape(), b.shape());
    const auto dot = [](const Tensor& x, const Tensor& y) {
      return std::inner_product(x.data<float>().begin(), x.data<float>().end(),
                                y.data<float>().begin(), 0.0);
    };
    EXPECT_NEAR(dot(forward, b) / dot(a, transposed), 1, 1e-6);
  }
}

TEST_F(ConvReference, ReachesAlongAllAxesOfAVolume) {
  const Tensor filter =
      Tensor::of<float>({1, 10, 100, 1000, 1e4f, 1e5f, 1e6f, 1e7f}, {2, 2, 2, 1, 1});
  EXPECT_EQ(values<float>(ops::conv3d(counting({1, 2, 2, 2, 1}), filter)), Floats({87654321.0f}));
  const Tensor same = ops::conv3d(counting({1, 1, 1, 2, 1}), filter, {.padding = Padding::Same});
  EXPECT_EQ(values<float>(same), Floats({21, 2}));
}

TEST_F(ConvReference, ScattersOverAVolume) {
  const Tensor x = Tensor::of<float>({1, 2}, {1, 2, 1, 1, 1});
  const Tensor filter = Tensor::of<float>({1, 10, 100}, {3, 1, 1, 1, 1});
  EXPECT_EQ(values<float>(ops::conv3d_transpose(x, filter, {.strides = {2, 1, 1}})),
            Floats({1, 10, 102, 20, 200}));
}

}  // namespace
}  // namespace tfjs::kernels
