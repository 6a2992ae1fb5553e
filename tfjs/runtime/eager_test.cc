#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/reduce.h"

namespace tfjs {
namespace {

TEST(Eager, ComputesACallAtOnce) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {2, 2});
  const Tensor y = ops::matmul(x, x);
  EXPECT_EQ(y.shape(), (Shape{2, 2}));
  EXPECT_EQ(y.data<float>()[0], 7);
  EXPECT_EQ(y.data<float>()[3], 22);
}

TEST(Eager, ReshapesWithoutACopy) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {2, 2});
  EXPECT_EQ(ops::reshape(x, {4}).raw_data(), x.raw_data());
}

TEST(Eager, HandlesTensorsWithoutElements) {
  const Tensor none = Tensor::zeros({0, 3});
  EXPECT_EQ(ops::add(none, none).shape(), (Shape{0, 3}));
  EXPECT_EQ(ops::concat({none, Tensor::full({1, 3}, 2)}, 0).data<float>()[2], 2);
}

TEST(Eager, GathersStrings) {
  const Tensor words = Tensor::of(std::vector<std::string>{"a", "b", "c"}, {3});
  const Tensor picked = ops::gather(words, Tensor::of<std::int32_t>({2, 0}, {2}));
  EXPECT_EQ(picked.string_values(), (std::vector<std::string>{"c", "a"}));
}

TEST(Eager, RefusesEmptyTensors) {
  const Op op{"Nothing", {}};
  EXPECT_THROW(default_evaluator().evaluate({&op, {}, {Tensor()}, {}}), Error);
}

}  // namespace
}  // namespace tfjs
