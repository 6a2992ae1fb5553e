#include "tfjs/shape/conv.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::shape {
namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

TEST(ParsePadding, TakesAnyCase) {
  EXPECT_EQ(parse_padding("valid", "pool"), Padding::Valid);
  EXPECT_EQ(parse_padding("SAME", "pool"), Padding::Same);
  EXPECT_THROW(parse_padding("causal", "pool"), Error);
}

TEST(ConvAxis, PadsSameWithTheSmallerHalfBefore) {
  // 224 pixels, kernel 3, stride 2: 112 outputs reach over 225 cells, so one cell of padding,
  // after.
  const ConvAxis axis = conv_axis(224, 3, 2, 1, Padding::Same, "conv");
  EXPECT_EQ(axis.output, 112);
  EXPECT_EQ(axis.pad_before, 0);
  EXPECT_EQ(axis.pad_after, 1);
}

TEST(ConvAxis, CountsDilationInSamePadding) {
  const ConvAxis axis = conv_axis(5, 3, 1, 2, Padding::Same, "conv");
  EXPECT_EQ(axis.output, 5);
  EXPECT_EQ(axis.pad_before, 2);
  EXPECT_EQ(axis.pad_after, 2);
}

TEST(ConvAxis, PadsNothingWhenTheStrideSkipsMoreThanTheKernelCovers) {
  const ConvAxis axis = conv_axis(5, 1, 3, 1, Padding::Same, "conv");
  EXPECT_EQ(axis.output, 2);
  EXPECT_EQ(axis.pad_before + axis.pad_after, 0);
}

TEST(ConvAxis, BeginsLateOnThreeAxesWhenTheStrideSkipsMoreThanTheKernelCovers) {
  // TensorFlow.js: avgPool3d of size 1, stride 3 over 0 1 2 3 4 5 6 7 8 gives 1 4 7.
  const ConvAxis axis = conv_axis(9, 1, 3, 1, Padding::Same, "test", 3);
  EXPECT_EQ(axis.output, 3);
  EXPECT_EQ(axis.pad_before, -1);
  EXPECT_EQ(axis.pad_after, -1);
  EXPECT_EQ(conv_axis(4, 1, 2, 1, Padding::Same, "test", 3).pad_before, -1);
  EXPECT_EQ(conv_transpose_axis(2, 1, 2, Padding::Same, "test", 3).pad_before, -1);
}

TEST(ConvAxis, FitsWholeWindowsWhenValid) {
  EXPECT_EQ(conv_axis(7, 3, 2, 1, Padding::Valid, "conv").output, 3);
  EXPECT_EQ(conv_axis(7, 3, 1, 3, Padding::Valid, "conv").output, 1);
  EXPECT_EQ(conv_axis(3, 3, 5, 1, Padding::Valid, "conv").output, 1);
}

TEST(ConvAxis, LeavesAnUnknownInputUnknown) {
  EXPECT_EQ(conv_axis(kUnknown, 3, 2, 1, Padding::Same, "conv").output, kUnknown);
  EXPECT_EQ(conv_axis(kUnknown, 3, 2, 1, Padding::Valid, "conv").output, kUnknown);
}

TEST(ConvAxis, HasNoOutputForNoInput) {
  EXPECT_EQ(conv_axis(0, 3, 2, 1, Padding::Same, "conv").output, 0);
  EXPECT_EQ(conv_axis(0, 3, 2, 1, Padding::Valid, "conv").output, 0);
}

TEST(ConvAxis, RefusesAKernelLargerThanTheInput) {
  try {
    conv_axis(4, 3, 1, 2, Padding::Valid, "conv2d");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "conv2d: kernel of size 3 with dilation 2 reaches over 5 cells, but there are only 4");
  }
}

TEST(ConvAxis, RefusesSizesBelowOne) {
  EXPECT_THROW(conv_axis(4, 0, 1, 1, Padding::Same, "conv"), Error);
  EXPECT_THROW(conv_axis(4, 1, 0, 1, Padding::Same, "conv"), Error);
  EXPECT_THROW(conv_axis(4, 1, 1, -1, Padding::Same, "conv"), Error);
  EXPECT_THROW(conv_axis(-5, 1, 1, 1, Padding::Same, "conv"), Error);
}

TEST(ConvAxis, RefusesNumbersThatOverflow) {
  EXPECT_THROW(conv_axis(4, kHuge, 1, kHuge, Padding::Same, "conv"), Error);
  EXPECT_THROW(conv_axis(4, kHuge, 1, kHuge, Padding::Valid, "conv"), Error);
  EXPECT_THROW(conv_axis_explicit(kHuge, 1, 1, 1, kHuge, kHuge, "conv"), Error);
  EXPECT_THROW(conv_transpose_axis(kHuge, 3, 4, Padding::Same, "conv"), Error);
}

TEST(ConvAxisExplicit, CountsThePaddingGiven) {
  EXPECT_EQ(conv_axis_explicit(5, 3, 2, 1, 1, 1, "conv").output, 3);
  EXPECT_EQ(conv_axis_explicit(1, 3, 1, 1, 0, 2, "conv").output, 1);
  EXPECT_THROW(conv_axis_explicit(5, 3, 1, 1, -1, 0, "conv"), Error);
}

TEST(ConvTransposeAxis, MultipliesByTheStrideWhenSame) {
  const ConvAxis axis = conv_transpose_axis(4, 3, 2, Padding::Same, "conv2d_transpose");
  EXPECT_EQ(axis.output, 4);
  EXPECT_EQ(axis.input, 8);
  EXPECT_EQ(axis.pad_before, 0);
  EXPECT_EQ(axis.pad_after, 1);
}

TEST(ConvTransposeAxis, AddsWhatTheKernelOverhangsWhenValid) {
  EXPECT_EQ(conv_transpose_axis(4, 5, 2, Padding::Valid, "t").input, 11);
  EXPECT_EQ(conv_transpose_axis(4, 1, 2, Padding::Valid, "t").input, 8);
}

TEST(ConvTransposeAxis, IsUndoneByTheForwardConvolution) {
  for (Padding padding : {Padding::Same, Padding::Valid}) {
    for (std::int64_t kernel = 1; kernel <= 5; ++kernel) {
      for (std::int64_t stride = 1; stride <= 4; ++stride) {
        const ConvAxis axis = conv_transpose_axis(6, kernel, stride, padding, "t");
        EXPECT_EQ(conv_axis(axis.input, kernel, stride, 1, padding, "c"), axis)
            << "kernel " << kernel << ", stride " << stride;
      }
    }
  }
}

TEST(ConvTransposeAxis, LeavesAnUnknownInputUnknown) {
  const ConvAxis axis = conv_transpose_axis(kUnknown, 3, 2, Padding::Valid, "t");
  EXPECT_EQ(axis.input, kUnknown);
  EXPECT_EQ(axis.output, kUnknown);
}

}  // namespace
}  // namespace tfjs::shape
