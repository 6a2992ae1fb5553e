#include "tfjs/ops/normalization.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"
#include "tfjs/ops/reduce.h"

namespace tfjs::kernels {
namespace {

using testing::expect_near;
using testing::values;
using Floats = std::vector<float>;

class NormalizationReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
};

TEST_F(NormalizationReference, ScalesAndShiftsAlongAnyAxis) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4}, {2, 2});
  const Tensor scale = Tensor::of<float>({1, 10}, {2});
  const Tensor shift = Tensor::of<float>({0, 0.5f}, {2});
  EXPECT_EQ(values<float>(ops::scale_shift(x, scale, shift)), Floats({1, 20.5f, 3, 40.5f}));
  EXPECT_EQ(values<float>(ops::scale_shift(x, scale, shift, 0)), Floats({1, 2, 30.5f, 40.5f}));
}

TEST_F(NormalizationReference, NormalizesByTheBiasedVariance) {
  // Rows have mean 2 and variance 1, then mean 0 and variance 4.
  const Tensor x = Tensor::of<float>({1, 3, -2, 2}, {2, 2});
  expect_near(ops::layer_norm(x, Tensor(), Tensor(), {1}, 0), {-1, 1, -1, 1}, 1e-6);
  expect_near(ops::layer_norm(x, Tensor(), Tensor(), {1}, 3),
              {-0.5f, 0.5f, -2 / std::sqrt(7.0f), 2 / std::sqrt(7.0f)}, 1e-6);
}

TEST_F(NormalizationReference, AppliesGammaAndBetaByPositionWithinTheAxes) {
  const Tensor x = Tensor::of<float>({1, 3, -2, 2}, {2, 2});
  const Tensor gamma = Tensor::of<float>({10, 100}, {2});
  const Tensor beta = Tensor::of<float>({1, 2}, {2});
  expect_near(ops::layer_norm(x, gamma, beta, {1}, 0), {-9, 102, -9, 102}, 1e-6);
  expect_near(ops::layer_norm(x, gamma, beta, {0}, 0), {11, 11, -98, -98}, 1e-6);
}

TEST_F(NormalizationReference, NormalizesOverSeveralAxes) {
  const Tensor x = Tensor::of<float>({-3, 5, -1, 5, 3, 5, 1, 5}, {2, 2, 2});
  // Over axes 0 and 1 the first channel is -3, -1, 3, 1: variance 5. The second is constant.
  const float r = 1 / std::sqrt(5.0f);
  expect_near(ops::layer_norm(x, Tensor(), Tensor(), {0, 1}, 1e-12f),
              {-3 * r, 0, -r, 0, 3 * r, 0, r, 0}, 1e-6);
}

TEST_F(NormalizationReference, SumsSoftmaxToOneWithoutOverflow) {
  const Tensor x = Tensor::of<float>({0, 0, 1000, 1001, -1000, -1000}, {3, 2});
  const float p = 1 / (1 + std::exp(1.0f));
  expect_near(ops::softmax(x), {0.5f, 0.5f, p, 1 - p, 0.5f, 0.5f}, 1e-6);
  expect_near(ops::log_softmax(x),
              {-std::log(2.0f), -std::log(2.0f), std::log(p), std::log(1 - p), -std::log(2.0f),
               -std::log(2.0f)},
              1e-6);
}

TEST_F(NormalizationReference, GivesNothingForNothing) {
  EXPECT_EQ(ops::softmax(Tensor::zeros({2, 0})).size(), 0);
  EXPECT_EQ(ops::layer_norm(Tensor::zeros({0, 3}), Tensor(), Tensor(), {1}, 1e-3f).size(), 0);
}

}  // namespace
}  // namespace tfjs::kernels
