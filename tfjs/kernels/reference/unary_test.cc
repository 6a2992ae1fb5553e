#include "tfjs/ops/unary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tfjs/kernels/reference/unary_function.h"
#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using ops::UnaryKind;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

float apply(UnaryKind kind, float x, float alpha = 0, float beta = 0) {
  return apply_unary({kind, alpha, beta}, x);
}

TEST(UnaryFunction, IsTheIdentityWhenLinear) {
  EXPECT_EQ(apply(UnaryKind::Linear, -3), -3);
}

// Values of TensorFlow.js's activations at -1.5, 0.5 and 7.
TEST(UnaryFunction, AgreesWithTheDefinitionsOfTheActivations) {
  const struct {
    UnaryKind kind;
    float at_minus_1_5, at_0_5, at_7;
  } rows[] = {
      {UnaryKind::Relu, 0, 0.5f, 7},
      {UnaryKind::Relu6, 0, 0.5f, 6},
      {UnaryKind::Sigmoid, 0.18242552f, 0.62245933f, 0.99908895f},
      {UnaryKind::HardSigmoid, 0.2f, 0.6f, 1},
      {UnaryKind::Tanh, -0.90514825f, 0.46211716f, 0.99999834f},
      {UnaryKind::Elu, -0.77686984f, 0.5f, 7},
      {UnaryKind::Selu, -1.3658143f, 0.5253505f, 7.354907f},
      {UnaryKind::Softplus, 0.20141328f, 0.974077f, 7.0009115f},
      {UnaryKind::Softsign, -0.6f, 0.33333334f, 0.875f},
      {UnaryKind::Gelu, -0.10021080f, 0.34573123f, 7},
      {UnaryKind::GeluNew, -0.10042846f, 0.34571400f, 7},
      {UnaryKind::Mish, -0.29809974f, 0.37524524f, 6.9999884f},
      {UnaryKind::Swish, -0.27363828f, 0.31122967f, 6.9936226f},
  };
  for (const auto& row : rows) {
    EXPECT_NEAR(apply(row.kind, -1.5f), row.at_minus_1_5, 2e-6) << static_cast<int>(row.kind);
    EXPECT_NEAR(apply(row.kind, 0.5f), row.at_0_5, 2e-6) << static_cast<int>(row.kind);
    EXPECT_NEAR(apply(row.kind, 7), row.at_7, 5e-6) << static_cast<int>(row.kind);
  }
}

TEST(UnaryFunction, TakesItsOptions) {
  EXPECT_EQ(apply(UnaryKind::LeakyRelu, -2, 0.25f), -0.5f);
  EXPECT_EQ(apply(UnaryKind::LeakyRelu, 2, 0.25f), 2);
  EXPECT_EQ(apply(UnaryKind::ClipByValue, 5, -1, 3), 3);
  EXPECT_EQ(apply(UnaryKind::ClipByValue, -5, -1, 3), -1);
  EXPECT_EQ(apply(UnaryKind::ThresholdedRelu, 1, 1), 0);
  EXPECT_EQ(apply(UnaryKind::ThresholdedRelu, 1.5f, 1), 1.5f);
}

TEST(UnaryFunction, LetsNaNThroughAsMathMaxDoes) {
  for (UnaryKind kind : {UnaryKind::Relu, UnaryKind::Relu6, UnaryKind::HardSigmoid, UnaryKind::Elu,
                         UnaryKind::Selu, UnaryKind::Softplus, UnaryKind::LeakyRelu,
                         UnaryKind::ClipByValue, UnaryKind::ThresholdedRelu, UnaryKind::Mish}) {
    EXPECT_TRUE(std::isnan(apply(kind, kNaN))) << static_cast<int>(kind);
  }
}

TEST(UnaryFunction, StaysFiniteWhereTheFunctionDoes) {
  EXPECT_EQ(apply(UnaryKind::Sigmoid, -1000), 0);
  EXPECT_EQ(apply(UnaryKind::Sigmoid, kInfinity), 1);
  EXPECT_EQ(apply(UnaryKind::Softplus, 1000), 1000);
  EXPECT_EQ(apply(UnaryKind::Softplus, -kInfinity), 0);
  EXPECT_EQ(apply(UnaryKind::Mish, 1000), 1000);
  EXPECT_EQ(apply(UnaryKind::Swish, -1000), 0);
}

TEST(UnaryFunction, RoundsHalvesToEven) {
  EXPECT_EQ(apply(UnaryKind::Round, 2.5f), 2);
  EXPECT_EQ(apply(UnaryKind::Round, -1.5f), -2);
}

TEST(UnaryReference, AppliesTheFunctionToEveryElement) {
  testing::KernelSetEvaluator reference("reference");
  const Tensor x = Tensor::of<float>({-1, 0, 4, 9}, {2, 2});
  EXPECT_EQ(testing::values<float>(ops::sqrt(ops::relu(x))), std::vector<float>({0, 0, 2, 3}));
  EXPECT_EQ(ops::exp(Tensor::zeros({0, 3})).size(), 0);
}

}  // namespace
}  // namespace tfjs::kernels
