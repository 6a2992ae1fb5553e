#include "tfjs/ops/reduce.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using ops::ReduceKind;
using testing::values;
using Floats = std::vector<float>;
using Ints = std::vector<std::int32_t>;
using Bools = std::vector<std::uint8_t>;

class ReduceReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
  const Tensor x_ = Tensor::of<float>({1, 2, 3, 4, 5, 6, 7, 8}, {2, 2, 2});
};

TEST_F(ReduceReference, SumsOverAnyAxes) {
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Sum, x_, {0})), Floats({6, 8, 10, 12}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Sum, x_, {1})), Floats({4, 6, 12, 14}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Sum, x_, {0, 2})), Floats({14, 22}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Sum, x_)), Floats({36}));
}

TEST_F(ReduceReference, ComputesEveryKind) {
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Mean, x_, {1, 2})), Floats({2.5f, 6.5f}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Max, x_, {0})), Floats({5, 6, 7, 8}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Min, x_, {0})), Floats({1, 2, 3, 4}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Prod, x_, {2})), Floats({2, 12, 30, 56}));
  const Tensor b = Tensor::of<std::uint8_t>({0, 0, 0, 1, 1, 1}, {3, 2});
  EXPECT_EQ(values<std::uint8_t>(ops::reduce(ReduceKind::Any, b, {1})), Bools({0, 1, 1}));
  EXPECT_EQ(values<std::uint8_t>(ops::reduce(ReduceKind::All, b, {1})), Bools({0, 0, 1}));
}

TEST_F(ReduceReference, CountsBoolsAndSumsIntegersAsIntegers) {
  const Tensor b = Tensor::of<std::uint8_t>({1, 0, 1}, {3});
  EXPECT_EQ(values<std::int32_t>(ops::reduce(ReduceKind::Sum, b)), Ints({2}));
  const Tensor i = Tensor::of<std::int32_t>({INT32_MAX, 1}, {2});
  EXPECT_EQ(values<std::int32_t>(ops::reduce(ReduceKind::Sum, i)), Ints({INT32_MIN}));
}

TEST_F(ReduceReference, LetsNaNThroughMaxAndMin) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor x = Tensor::of<float>({1, nan, 2}, {3});
  EXPECT_TRUE(std::isnan(values<float>(ops::reduce(ReduceKind::Max, x))[0]));
  EXPECT_TRUE(std::isnan(values<float>(ops::reduce(ReduceKind::Min, x))[0]));
}

TEST_F(ReduceReference, HasTheNeutralElementForNothing) {
  const Tensor none = Tensor::zeros({2, 0});
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Sum, none, {1})), Floats({0, 0}));
  EXPECT_EQ(values<float>(ops::reduce(ReduceKind::Prod, none, {1})), Floats({1, 1}));
  EXPECT_EQ(ops::reduce(ReduceKind::Sum, none, {0}).size(), 0);
}

TEST_F(ReduceReference, FindsTheFirstOfEqualExtremes) {
  const Tensor x = Tensor::of<float>({1, 3, 3, 0, 0, 2}, {2, 3});
  EXPECT_EQ(values<std::int32_t>(ops::arg_max(x, 1)), Ints({1, 2}));
  EXPECT_EQ(values<std::int32_t>(ops::arg_min(x, 1)), Ints({0, 0}));
  EXPECT_EQ(values<std::int32_t>(ops::arg_max(x, 0)), Ints({0, 0, 0}));
}

}  // namespace
}  // namespace tfjs::kernels
