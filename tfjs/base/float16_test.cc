#include "tfjs/base/float16.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tfjs {
namespace {

/// What the definition says, in double arithmetic.
double defined_value(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1F;
  const double fraction = bits & 0x3FF;
  const double magnitude =
      exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

TEST(Float16, WidensEveryFiniteValueExactly) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    if ((bits & 0x7C00) == 0x7C00) continue;
    const auto half = static_cast<std::uint16_t>(bits);
    EXPECT_EQ(float16_to_float(half), defined_value(half)) << bits;
    EXPECT_EQ(std::signbit(float16_to_float(half)), bits >= 0x8000) << bits;
    EXPECT_EQ(float_to_float16(float16_to_float(half)), half) << bits;
  }
}

TEST(Float16, RoundsToTheNearestAndTiesToEven) {
  for (std::uint16_t half = 0; half < 0x7BFF; ++half) {
    const double low = defined_value(half), high = defined_value(half + 1);
    const auto middle = static_cast<float>((low + high) / 2);
    const std::uint16_t even = half % 2 == 0 ? half : half + 1;
    EXPECT_EQ(float_to_float16(middle), even) << half;
    EXPECT_EQ(float_to_float16(std::nextafter(middle, 0.0f)), half) << half;
    EXPECT_EQ(float_to_float16(std::nextafter(middle, 1e9f)), half + 1) << half;
    EXPECT_EQ(float_to_float16(-middle), even | 0x8000) << half;
  }
}

TEST(Float16, KeepsInfinityAndNan) {
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(float16_to_float(0x7C00), infinity);
  EXPECT_EQ(float16_to_float(0xFC00), -infinity);
  EXPECT_TRUE(std::isnan(float16_to_float(0x7E00)));
  EXPECT_TRUE(std::isnan(float16_to_float(0x7C01)));
  EXPECT_EQ(float_to_float16(infinity), 0x7C00);
  EXPECT_EQ(float_to_float16(-infinity), 0xFC00);
  EXPECT_EQ(float_to_float16(std::numeric_limits<float>::quiet_NaN()), 0x7E00);
}

TEST(Float16, OverflowsToInfinityAndUnderflowsToZero) {
  EXPECT_EQ(float_to_float16(65519.0f), 0x7BFF);
  EXPECT_EQ(float_to_float16(65520.0f), 0x7C00);
  EXPECT_EQ(float_to_float16(std::numeric_limits<float>::max()), 0x7C00);
  EXPECT_EQ(float_to_float16(0x1p-25f), 0x0000);
  EXPECT_EQ(float_to_float16(0x1.000002p-25f), 0x0001);
  EXPECT_EQ(float_to_float16(-std::numeric_limits<float>::denorm_min()), 0x8000);
}

}  // namespace
}  // namespace tfjs
