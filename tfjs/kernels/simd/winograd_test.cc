#include "tfjs/kernels/simd/winograd.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"
#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/alone.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"

namespace tfjs::kernels {
namespace {

using ops::Conv2dOptions;
using ops::UnaryKind;
using shape::ConvAxis;
using shape::Padding;

ConvAxis axis_of(std::int64_t input, Padding padding = Padding::Same) {
  return shape::conv_axis(input, 3, 1, 1, padding, "test");
}

ConvCase case_of(std::int64_t batch, const ConvAxis& height, const ConvAxis& width,
                 std::int64_t channels_in, std::int64_t channels_out) {
  return {batch, {flat_conv_axis(), height, width}, channels_in, channels_out, {}};
}

constexpr std::size_t kManySpareBytes = 64 << 20;

/// The kernel for a case, with a constant filter or not, or nullptr where it is none for Winograd.
std::unique_ptr<runtime::Kernel> make(const ConvCase& conv, std::size_t* spare_bytes,
                                      bool constant = true) {
  const ConvAxis& height = conv.axes[1];
  const ConvAxis& width = conv.axes[2];
  const std::vector<TensorSpec> inputs{
      floats({conv.batch, height.input, width.input, conv.channels_in}),
      floats({height.kernel, width.kernel, conv.channels_in, conv.channels_out})};
  std::vector<Tensor> constants(2);
  if (constant) constants[1] = random_tensor(inputs[1], 1);
  const std::any options = Conv2dOptions{height, width, {}};
  return make_winograd_conv({ops::kConv2d, options, inputs, constants, {}, 1, spare_bytes}, conv);
}

bool is_taken(const ConvCase& conv, bool constant = true) {
  std::size_t spare_bytes = kManySpareBytes;
  return make(conv, &spare_bytes, constant) != nullptr;
}

void check(const ConvCase& conv, const ops::Epilogue& epilogue = {}) {
  const ConvAxis& height = conv.axes[1];
  const ConvAxis& width = conv.axes[2];
  const std::string what =
      cat("conv2d ", conv.batch, " of ", height.input, " x ", width.input, " padded by ",
          height.pad_before, ", channels ", conv.channels_in, " to ", conv.channels_out);
  EXPECT_TRUE(is_taken(conv)) << what;
  KernelCase test{ops::kConv2d, Conv2dOptions{height, width, epilogue}, {}, {}, {1}};
  const TensorSpec out = floats({conv.batch, height.output, width.output, conv.channels_out});
  test.inputs = {floats({conv.batch, height.input, width.input, conv.channels_in}),
                 floats({3, 3, conv.channels_in, conv.channels_out})};
  if (epilogue.bias) test.inputs.push_back(floats({conv.channels_out}));
  if (epilogue.residual) test.inputs.push_back(out);
  test.outputs = {out};
  // Rounding grows with the square root of the number of terms.
  test.tolerance = 1e-5 + 2e-6 * std::sqrt(9.0 * static_cast<double>(conv.channels_in));
  expect_like_reference(test, what);
}

TEST(WinogradConv, EqualsReferenceForEveryKindOfBorder) {
  check(case_of(1, axis_of(12), axis_of(13), 24, 32));
  check(case_of(1, axis_of(15, Padding::Valid), axis_of(14, Padding::Valid), 25, 24));
  check(case_of(3, axis_of(7), axis_of(9), 31, 33));
  check(case_of(40, axis_of(4, Padding::Valid), axis_of(2), 24, 24));
  check(case_of(1, shape::conv_axis_explicit(6, 3, 1, 1, 5, 4, "test"),
                shape::conv_axis_explicit(9, 3, 1, 1, 0, 3, "test"), 26, 49));
}

TEST(WinogradConv, EqualsReferenceWhereTheTilesTakeSeveralParts) {
  check(case_of(1, axis_of(40), axis_of(24), 64, 40));
  check(case_of(2, axis_of(12), axis_of(16), 300, 24), {.bias = true});
}

TEST(WinogradConv, EqualsReferenceWhereTheDepthIsCut) {
  check(case_of(2, axis_of(8), axis_of(8), 1030, 25), {.bias = true});
}

TEST(WinogradConv, EqualsReferenceForVolumesOfOneLayer) {
  const ConvAxis flat = flat_conv_axis();
  const ConvAxis axis = axis_of(12);
  KernelCase test{ops::kConv3d, ops::Conv3dOptions{flat, axis, axis}, {}, {}, {1}};
  test.inputs = {floats({1, 1, 12, 12, 24}), floats({1, 3, 3, 24, 32})};
  test.outputs = {floats({1, 1, 12, 12, 32})};
  expect_like_reference(test, "conv3d of depth 1");
}

TEST(WinogradConv, EqualsReferenceWithEpilogues) {
  for (UnaryKind kind : {UnaryKind::Linear, UnaryKind::Relu, UnaryKind::Relu6, UnaryKind::LeakyRelu,
                         UnaryKind::ClipByValue, UnaryKind::Swish}) {
    for (int flags = 0; flags < 4; ++flags) {
      ops::Epilogue epilogue;
      epilogue.bias = (flags & 1) != 0;
      epilogue.residual = (flags & 2) != 0;
      epilogue.activation = {kind, -0.2f, 0.3f};
      check(case_of(1, axis_of(11), axis_of(13), 24, 37), epilogue);
    }
  }
}

TEST(WinogradConv, IsForConstantFiltersOf3x3AndManyTilesAndChannelsOnly) {
  const ConvAxis axis = axis_of(14);
  EXPECT_TRUE(is_taken(case_of(1, axis, axis, 32, 32)));
  EXPECT_FALSE(is_taken(case_of(1, axis, axis, 32, 32), false)) << "filter that changes";
  EXPECT_FALSE(is_taken(case_of(1, axis, axis, 16, 64))) << "few channels in";
  EXPECT_FALSE(is_taken(case_of(1, axis, axis, 64, 16))) << "few channels out";
  EXPECT_FALSE(is_taken(case_of(1, axis_of(7), axis_of(7), 64, 64))) << "16 tiles";
  EXPECT_FALSE(is_taken(case_of(1, axis_of(1), axis_of(80), 64, 64))) << "half of each tile empty";
  EXPECT_FALSE(is_taken(case_of(0, axis, axis, 64, 64))) << "no images";
  const auto other = [](std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
    return shape::conv_axis(28, kernel, stride, dilation, Padding::Same, "test");
  };
  EXPECT_FALSE(is_taken(case_of(1, other(5, 1, 1), axis, 64, 64)));
  EXPECT_FALSE(is_taken(case_of(1, axis, other(3, 2, 1), 64, 64)));
  EXPECT_FALSE(is_taken(case_of(1, other(3, 1, 2), axis, 64, 64)));
  ConvCase volume = case_of(1, axis, axis, 64, 64);
  volume.axes[0] = axis_of(3);
  EXPECT_FALSE(is_taken(volume));
}

TEST(WinogradConv, TakesWhatItsFilterGrowsByOfTheSpareBytes) {
  const ConvCase conv = case_of(1, axis_of(14), axis_of(14), 64, 64);
  constexpr std::size_t kGrowth = (16 - 9) * 64 * 64 * sizeof(float);
  EXPECT_EQ(make(conv, nullptr), nullptr) << "eager calls have none";
  std::size_t spare_bytes = kGrowth + 7;
  EXPECT_NE(make(conv, &spare_bytes), nullptr);
  EXPECT_EQ(spare_bytes, 7u);
  EXPECT_EQ(make(conv, &spare_bytes), nullptr);
  spare_bytes = kGrowth - 1;
  EXPECT_EQ(make(conv, &spare_bytes), nullptr);
  EXPECT_EQ(spare_bytes, kGrowth - 1);
}

// As in the plain sum: what is farther away, however large, or no number, changes not a bit.
TEST(WinogradConv, EachOutputDependsOnItsOwnInputsAlone) {
  constexpr std::int64_t kSize = 12;
  constexpr std::int64_t kChannels = 24;
  const ConvAxis axis = axis_of(kSize);
  const TensorSpec image = floats({1, kSize, kSize, kChannels});
  std::size_t spare_bytes = kManySpareBytes;
  const auto kernel = make(case_of(1, axis, axis, kChannels, kChannels), &spare_bytes);
  ASSERT_NE(kernel, nullptr);
  const AlignedFloats scratch = make_aligned_floats(kernel->scratch_bytes() / sizeof(float));
  const auto convolve = [&](const std::vector<float>& x) {
    std::vector<float> y(x.size());
    const void* in[] = {x.data(), nullptr};
    void* out[] = {y.data()};
    Alone alone;
    kernel->run({in, out, reinterpret_cast<std::byte*>(scratch.get()), alone});
    return y;
  };
  const Tensor random = random_tensor(image, 1);
  const float* const values = static_cast<const float*>(random.raw_data());
  const std::vector<float> x(values, values + image.shape.size());
  const std::vector<float> before = convolve(x);
  const auto check_change = [&](std::int64_t at_row, std::int64_t at_column, float value) {
    std::vector<float> changed = x;
    std::fill_n(changed.begin() + (at_row * kSize + at_column) * kChannels, kChannels, value);
    const std::vector<float> after = convolve(changed);
    for (std::int64_t i = 0; i < image.shape.size(); ++i) {
      const std::int64_t row = i / kChannels / kSize;
      const std::int64_t column = i / kChannels % kSize;
      const bool sees_it = std::abs(row - at_row) <= 1 && std::abs(column - at_column) <= 1;
      EXPECT_EQ(after[i] == before[i], !sees_it)
          << value << " at " << at_row << ", " << at_column << " in " << row << ", " << column;
    }
  };
  for (float value :
       {1e30f, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    // Every place of a tile.
    for (std::int64_t row : {5, 6}) {
      for (std::int64_t column : {5, 6}) check_change(row, column, value);
    }
  }
}

}  // namespace
}  // namespace tfjs::kernels
