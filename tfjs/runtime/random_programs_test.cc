// Programs put together at random: whatever the optimiser fuses and wherever the plan puts values,
// the numbers are those of one op call after the other.
#include <gtest/gtest.h>

#include <random>

#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/pool.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/optimise.h"
#include "tfjs/program/testing.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

using program::numbers;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  /// Applies `count` random ops to images and to results of earlier ops; some of the results are
  /// outputs.
  std::vector<Tensor> operator()(const std::vector<Tensor>& inputs, int count) {
    values_ = inputs;
    for (int i = 0; i < count; ++i) values_.push_back(next(pick()));
    std::vector<Tensor> outputs = {values_.back()};
    while (below(3) == 0) outputs.push_back(pick());
    return outputs;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  /// Late values more often: chains, but also values with several uses.
  Tensor pick() {
    std::size_t index = values_.size() - 1;
    while (index > 0 && below(3) == 0) --index;
    return values_[index];
  }
  /// Small, so that sums of products stay near 1.
  Tensor weights(const Shape& shape) {
    return ops::mul(numbers(shape, below(100)), Tensor::scalar(0.5f));
  }

  Tensor next(const Tensor& x) {
    const std::int64_t channels = x.shape()[-1];
    switch (below(15)) {
      case 0:
      case 1:
        return product(x);
      case 2:
        return ops::add(x, weights({channels}));
      case 3:
        return ops::mul(weights({1, channels}), x);
      case 4:
        return ops::sub(x, Tensor::scalar(0.25f));
      case 5:
        return ops::scale_shift(x, weights({channels}), weights({channels}));
      case 6:
        return ops::relu(x);
      case 7:
        return ops::tanh(x);
      case 8:
        return ops::clip_by_value(ops::maximum(x, Tensor::scalar(-0.5f)), -1, 0.75f);
      case 9:
        return sum_with_another(x);
      case 10:
        return padded(x);
      case 11:
        return ops::reshape(x, {kUnknown, channels});
      case 12:
        return ops::reshape(x, {1, x.size() / channels, 1, channels});
      case 13:
        return transposed(x);
      default:
        return ops::concat({x, ops::neg(x)}, x.rank() - 1);
    }
  }

  Tensor product(const Tensor& x) {
    const std::int64_t channels = x.shape()[-1];
    const std::int64_t filters = below(2) == 0 ? channels : 1 + below(4);
    if (x.rank() != 4 || below(4) == 0) return ops::matmul(x, weights({channels, filters}));
    const ops::Conv2dArguments same{.padding = shape::Padding::Same};
    if (below(2) == 0) return ops::depthwise_conv2d(x, weights({3, 3, channels, 1}), same);
    return ops::conv2d(x, weights({1 + below(3), 3, channels, filters}), same);
  }

  Tensor sum_with_another(const Tensor& x) {
    for (const Tensor& other : values_) {
      if (other.shape() == x.shape() && below(2) == 0) return ops::add(other, x);
    }
    return ops::add(x, ops::square(x));
  }

  Tensor padded(const Tensor& x) {
    if (x.rank() != 4 || x.size() > 2000) return ops::neg(x);
    return ops::pad(x, {0, 1, below(2), 0}, {0, below(2), 1, 0});
  }

  Tensor transposed(const Tensor& x) {
    std::vector<int> permutation;
    for (int axis = 0; axis < x.rank(); ++axis) permutation.push_back(axis);
    std::shuffle(permutation.begin(), permutation.end(), random_);
    return ops::transpose(x, permutation);
  }

  std::mt19937 random_;
  std::vector<Tensor> values_;
};

void expect_close(const std::vector<Tensor>& actual, const std::vector<Tensor>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(actual[i].spec(), expected[i].spec());
    for (std::int64_t k = 0; k < actual[i].size(); ++k) {
      const float want = expected[i].data<float>()[k];
      ASSERT_NEAR(actual[i].data<float>()[k], want, 1e-3f * std::max(1.0f, std::abs(want)));
    }
  }
}

TEST(RandomPrograms, ComputeTheSameOptimisedAndPlanned) {
  const std::vector<TensorSpec> specs = {{DType::Float32, {1, 5, 4, 3}}, {DType::Float32, {2, 3}}};
  const std::vector<Tensor> inputs = {numbers({1, 5, 4, 3}, 1), numbers({2, 3}, 2)};
  std::size_t traced_steps = 0;
  std::size_t left_steps = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Generator generate(seed);
    const program::Program traced =
        program::trace(specs, [&](const std::vector<Tensor>& in) { return generate(in, 12); });
    const program::Program optimised = program::optimise(traced);
    SCOPED_TRACE(cat("seed ", seed, "\n", dump(traced), "\noptimised:\n", dump(optimised)));
    const std::vector<Tensor> expected = program::interpret(traced, inputs);
    expect_close(Plan(traced, {.only_kernel_set = "reference"}).run(inputs), expected);
    expect_close(Plan(optimised, {.only_kernel_set = "reference"}).run(inputs), expected);
    expect_close(Plan(optimised, {.threads = 2}).run(inputs), expected);
    if (HasFatalFailure()) return;
    traced_steps += traced.steps.size();
    left_steps += optimised.steps.size();
  }
  EXPECT_LT(left_steps, traced_steps * 4 / 5);
}

}  // namespace
}  // namespace tfjs::runtime
