#include "tfjs/ops/movement.h"

#include <gtest/gtest.h>

#include <complex>
#include <limits>

#include "tfjs/base/error.h"
#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using testing::values;
using Floats = std::vector<float>;
using Ints = std::vector<std::int32_t>;
using Bools = std::vector<std::uint8_t>;
using Strings = std::vector<std::string>;

class MovementReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
  const Tensor x_ = Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor strings_ = Tensor::of({"a", "b", "c", "d"}, {2, 2});
};

TEST_F(MovementReference, ReshapesInOrder) {
  const Tensor y = evaluate_op(ops::kReshape, ops::NoOptions{}, {x_}, {DType::Float32, {3, 2}});
  EXPECT_EQ(values<float>(y), values<float>(x_));
}

TEST_F(MovementReference, Transposes) {
  EXPECT_EQ(values<float>(ops::transpose(x_, {1, 0})), Floats({1, 4, 2, 5, 3, 6}));
  const Tensor cube = Tensor::of<std::int32_t>({0, 1, 2, 3, 4, 5, 6, 7}, {2, 2, 2});
  EXPECT_EQ(values<std::int32_t>(ops::transpose(cube, {2, 0, 1})), Ints({0, 2, 4, 6, 1, 3, 5, 7}));
}

TEST_F(MovementReference, ConcatenatesAlongAnyAxis) {
  const Tensor y = Tensor::of<float>({7, 8}, {2, 1});
  EXPECT_EQ(values<float>(ops::concat({x_, y}, 1)), Floats({1, 2, 3, 7, 4, 5, 6, 8}));
  EXPECT_EQ(values<float>(ops::concat({x_, Tensor::zeros({0, 3}), x_}, 0)).size(), 12u);
}

TEST_F(MovementReference, SlicesAndReverses) {
  EXPECT_EQ(values<float>(ops::slice(x_, {0, 1}, {-1, 2})), Floats({2, 3, 5, 6}));
  EXPECT_EQ(values<float>(ops::reverse(x_, 1)), Floats({3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(values<float>(ops::reverse(x_, 0)), Floats({4, 5, 6, 1, 2, 3}));
  EXPECT_EQ(values<float>(ops::split(x_, 3, 1)[1]), Floats({2, 5}));
  EXPECT_EQ(ops::slice(x_, {2, 0}, {0, 3}).size(), 0);
}

TEST_F(MovementReference, PadsWithTheValueGiven) {
  EXPECT_EQ(values<float>(ops::pad(Tensor::of<float>({1, 2}, {1, 2}), {1, 0}, {0, 1}, 9)),
            Floats({9, 9, 9, 1, 2, 9}));
  EXPECT_EQ(values<std::int32_t>(ops::pad(Tensor::of<std::int32_t>({1}, {1}), {1}, {0}, -7)),
            Ints({-7, 1}));
  EXPECT_EQ(values<float>(ops::pad(Tensor::zeros({0}), {1}, {1}, 3)), Floats({3, 3}));
}

TEST_F(MovementReference, Repeats) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {2, 2});
  EXPECT_EQ(values<float>(ops::tile(x, {1, 2})), Floats({1, 2, 1, 2, 3, 4, 3, 4}));
  EXPECT_EQ(values<float>(ops::tile(x, {2, 1})), Floats({1, 2, 3, 4, 1, 2, 3, 4}));
  EXPECT_EQ(values<float>(ops::broadcast_to(Tensor::of<float>({1, 2}, {2, 1}), {2, 2, 2})),
            Floats({1, 1, 2, 2, 1, 1, 2, 2}));
  EXPECT_EQ(ops::tile(x, {0, 2}).size(), 0);
}

TEST_F(MovementReference, GathersRowsAndColumns) {
  const Tensor indices = Tensor::of<std::int32_t>({1, 0, 1}, {3});
  EXPECT_EQ(values<float>(ops::gather(x_, indices)), Floats({4, 5, 6, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values<float>(ops::gather(x_, indices, 1)), Floats({2, 1, 2, 5, 4, 5}));
}

TEST_F(MovementReference, RefusesAnIndexOutsideOfTheTable) {
  for (std::int32_t bad : {2, -1}) {
    try {
      ops::gather(x_, Tensor::of<std::int32_t>({0, bad}, {2}));
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_EQ(error.what(), cat("gather: index ", bad, " at position 1 is outside of [0, 2)"));
    }
  }
  EXPECT_THROW(ops::one_hot(Tensor::scalar_int(3), 3), Error);
}

TEST_F(MovementReference, CastsAsJavaScriptDoes) {
  const float inf = std::numeric_limits<float>::infinity();
  const Tensor x =
      Tensor::of<float>({-1.9f, 2.9f, 0, inf, std::numeric_limits<float>::quiet_NaN()}, {5});
  EXPECT_EQ(values<std::int32_t>(ops::cast(x, DType::Int32)), Ints({-1, 2, 0, 0, 0}));
  EXPECT_EQ(values<std::uint8_t>(ops::cast(x, DType::Bool)), Bools({1, 1, 0, 1, 1}));
  EXPECT_EQ(values<float>(ops::cast(Tensor::of<std::uint8_t>({0, 1}, {2}), DType::Float32)),
            Floats({0, 1}));
}

TEST_F(MovementReference, SelectsWithBroadcasting) {
  const Tensor condition = Tensor::of<std::uint8_t>({1, 0}, {2, 1});
  EXPECT_EQ(values<float>(ops::select(condition, x_, Tensor::scalar(0))),
            Floats({1, 2, 3, 0, 0, 0}));
}

TEST_F(MovementReference, MarksIndicesOneHot) {
  EXPECT_EQ(values<float>(ops::one_hot(Tensor::of<std::int32_t>({2, 0}, {2}), 3)),
            Floats({0, 0, 1, 1, 0, 0}));
}

TEST_F(MovementReference, MovesStrings) {
  EXPECT_EQ(ops::transpose(strings_, {1, 0}).string_values(), Strings({"a", "c", "b", "d"}));
  EXPECT_EQ(ops::slice_axis(strings_, 0, 1, 2).string_values(), Strings({"c", "d"}));
  EXPECT_EQ(ops::concat({strings_, strings_}, 1).size(), 8);
  EXPECT_EQ(ops::gather(strings_, Tensor::scalar_int(1)).string_values(), Strings({"c", "d"}));
}

TEST_F(MovementReference, MovesComplexNumbers) {
  const std::vector<std::complex<float>> numbers = {{1, 2}, {3, 4}};
  const Tensor x = Tensor::of<std::complex<float>>(numbers, {2});
  EXPECT_EQ(values<std::complex<float>>(ops::reverse(x, 0))[0], std::complex<float>(3, 4));
}

}  // namespace
}  // namespace tfjs::kernels
