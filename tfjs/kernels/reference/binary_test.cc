#include "tfjs/ops/binary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "tfjs/kernels/reference/to_int32.h"
#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using testing::values;
using Floats = std::vector<float>;
using Ints = std::vector<std::int32_t>;
using Bools = std::vector<std::uint8_t>;

class BinaryReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
};

TEST_F(BinaryReference, BroadcastsBothSides) {
  const Tensor column = Tensor::of<float>({10, 20}, {2, 1});
  const Tensor row = Tensor::of<float>({1, 2, 3}, {3});
  EXPECT_EQ(values<float>(ops::add(column, row)), Floats({11, 12, 13, 21, 22, 23}));
  EXPECT_EQ(values<float>(ops::sub(row, column)), Floats({-9, -8, -7, -19, -18, -17}));
}

TEST_F(BinaryReference, ComputesEveryFunctionOfFloats) {
  const Tensor x = Tensor::of<float>({-2, 3}, {2});
  const Tensor y = Tensor::of<float>({4, 0.5f}, {2});
  EXPECT_EQ(values<float>(ops::mul(x, y)), Floats({-8, 1.5f}));
  EXPECT_EQ(values<float>(ops::div(x, y)), Floats({-0.5f, 6}));
  EXPECT_EQ(values<float>(ops::maximum(x, y)), Floats({4, 3}));
  EXPECT_EQ(values<float>(ops::minimum(x, y)), Floats({-2, 0.5f}));
  EXPECT_EQ(values<float>(ops::pow(x, Tensor::scalar(2))), Floats({4, 9}));
  EXPECT_EQ(values<float>(ops::squared_difference(x, y)), Floats({36, 6.25f}));
  EXPECT_EQ(values<float>(ops::prelu(x, y)), Floats({-8, 3}));
}

TEST_F(BinaryReference, LetsNaNThroughOnEitherSide) {
  const Tensor nan = Tensor::scalar(std::numeric_limits<float>::quiet_NaN());
  const Tensor one = Tensor::scalar(1);
  for (const auto function : {ops::maximum, ops::minimum}) {
    EXPECT_TRUE(std::isnan(values<float>(function(nan, one))[0]));
    EXPECT_TRUE(std::isnan(values<float>(function(one, nan))[0]));
  }
}

TEST_F(BinaryReference, DividesIntegersRoundingDownAndSurvivesZero) {
  const Tensor x = Tensor::of<std::int32_t>({7, -7, 5, INT32_MIN}, {4});
  const Tensor y = Tensor::of<std::int32_t>({2, 2, 0, -1}, {4});
  EXPECT_EQ(values<std::int32_t>(ops::div(x, y)), Ints({3, -4, 0, INT32_MIN}));
}

TEST_F(BinaryReference, WrapsIntegersAsJavaScriptDoes) {
  const Tensor x = Tensor::of<std::int32_t>({INT32_MAX}, {1});
  EXPECT_EQ(values<std::int32_t>(ops::add(x, x)), Ints({-2}));
  EXPECT_EQ(values<std::int32_t>(ops::squared_difference(x, Tensor::scalar_int(INT32_MIN))),
            Ints({0}));
}

TEST_F(BinaryReference, ComparesToBool) {
  const Tensor x = Tensor::of<float>({1, 2, 3}, {3});
  const Tensor two = Tensor::scalar(2);
  EXPECT_EQ(values<std::uint8_t>(ops::equal(x, two)), Bools({0, 1, 0}));
  EXPECT_EQ(values<std::uint8_t>(ops::not_equal(x, two)), Bools({1, 0, 1}));
  EXPECT_EQ(values<std::uint8_t>(ops::greater(x, two)), Bools({0, 0, 1}));
  EXPECT_EQ(values<std::uint8_t>(ops::greater_equal(x, two)), Bools({0, 1, 1}));
  EXPECT_EQ(values<std::uint8_t>(ops::less(x, two)), Bools({1, 0, 0}));
  EXPECT_EQ(values<std::uint8_t>(ops::less_equal(x, Tensor::scalar_int(2))), Bools({1, 1, 0}));
}

TEST_F(BinaryReference, JoinsBools) {
  const Tensor x = Tensor::of<std::uint8_t>({0, 0, 1, 1}, {4});
  const Tensor y = Tensor::of<std::uint8_t>({0, 1, 0, 1}, {4});
  EXPECT_EQ(values<std::uint8_t>(ops::logical_and(x, y)), Bools({0, 0, 0, 1}));
  EXPECT_EQ(values<std::uint8_t>(ops::logical_or(x, y)), Bools({0, 1, 1, 1}));
}

TEST_F(BinaryReference, GivesNothingForNothing) {
  EXPECT_EQ(ops::add(Tensor::zeros({0, 3}), Tensor::zeros({1, 3})).shape(), Shape({0, 3}));
}

TEST(ToInt32, IsWhatJavaScriptStores) {
  EXPECT_EQ(to_int32(-1.9), -1);
  EXPECT_EQ(to_int32(2147483648.0), INT32_MIN);
  EXPECT_EQ(to_int32(-2147483649.0), INT32_MAX);
  EXPECT_EQ(to_int32(4294967297.5), 1);
  EXPECT_EQ(to_int32(1e300), 0);
  EXPECT_EQ(to_int32(std::nan("")), 0);
  EXPECT_EQ(to_int32(-std::numeric_limits<double>::infinity()), 0);
}

}  // namespace
}  // namespace tfjs::kernels
