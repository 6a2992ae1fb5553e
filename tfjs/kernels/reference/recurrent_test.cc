#include "tfjs/ops/recurrent.h"

#include <gtest/gtest.h>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using ops::CellKind;
using ops::UnaryKind;
using testing::expect_near;
using testing::values;
using Floats = std::vector<float>;

/// Linear activations, so that hand computation stays in small fractions. One unit, one feature
/// unless a test says more.
class RecurrentReference : public ::testing::Test {
 protected:
  ops::RecurrentOptions linear(CellKind cell) {
    ops::RecurrentOptions options;
    options.cell = cell;
    options.activation = UnaryKind::Linear;
    options.recurrent_activation = UnaryKind::Linear;
    return options;
  }

  testing::KernelSetEvaluator reference_{"reference"};
  const Tensor x_ = Tensor::of<float>({1, 2, 3}, {1, 3, 1});
  const Tensor zero_ = Tensor::zeros({1, 1});
};

TEST_F(RecurrentReference, FeedsTheStateOfASimpleRnnBack) {
  const auto out =
      ops::recurrent(x_, Tensor::full({1, 1}, 2), Tensor::full({1, 1}, 10), Tensor::full({1}, 1),
                     {Tensor::full({1, 1}, 0.5f)}, Tensor(), linear(CellKind::SimpleRnn));
  // 2*1 + 1 + 5 = 8;  4 + 1 + 80 = 85;  6 + 1 + 850 = 857
  EXPECT_EQ(values<float>(out[0]), Floats({8, 85, 857}));
  EXPECT_EQ(values<float>(out[1]), Floats({857}));
}

TEST_F(RecurrentReference, GoesBackwardsInProcessingOrder) {
  auto options = linear(CellKind::SimpleRnn);
  options.go_backwards = true;
  const auto out = ops::recurrent(x_, Tensor::full({1, 1}, 1), Tensor::full({1, 1}, 10), Tensor(),
                                  {zero_}, Tensor(), options);
  EXPECT_EQ(values<float>(out[0]), Floats({3, 32, 321}));
}

TEST_F(RecurrentReference, KeepsOutputAndStateAtMaskedSteps) {
  const Tensor mask = Tensor::of<std::uint8_t>({0, 1, 0}, {1, 3});
  const auto out = ops::recurrent(x_, Tensor::full({1, 1}, 1), Tensor::full({1, 1}, 10), Tensor(),
                                  {Tensor::full({1, 1}, 0.5f)}, mask, linear(CellKind::SimpleRnn));
  EXPECT_EQ(values<float>(out[0]), Floats({0.5f, 7, 7}));
  EXPECT_EQ(values<float>(out[1]), Floats({7}));
}

TEST_F(RecurrentReference, ReadsTheMaskInTheOrderOfTheInputWhenGoingBackwards) {
  auto options = linear(CellKind::SimpleRnn);
  options.go_backwards = true;
  const Tensor mask = Tensor::of<std::uint8_t>({0, 1, 1}, {1, 3});
  const auto out = ops::recurrent(x_, Tensor::full({1, 1}, 1), Tensor::full({1, 1}, 10), Tensor(),
                                  {zero_}, mask, options);
  EXPECT_EQ(values<float>(out[0]), Floats({3, 32, 32}));
}

TEST_F(RecurrentReference, OrdersLstmGatesInputForgetCellOutput) {
  const Tensor x = Tensor::of<float>({1}, {1, 1, 1});
  // Sums: i = 2, f = 3, candidate = 5, o = 7; c = 3*0.5 + 2*5 = 11.5; h = 7*11.5.
  const auto out =
      ops::recurrent(x, Tensor::of<float>({2, 3, 5, 7}, {1, 4}), Tensor::zeros({1, 4}), Tensor(),
                     {zero_, Tensor::full({1, 1}, 0.5f)}, Tensor(), linear(CellKind::Lstm));
  EXPECT_EQ(values<float>(out[0]), Floats({80.5f}));
  EXPECT_EQ(values<float>(out[2]), Floats({11.5f}));
}

TEST_F(RecurrentReference, AppliesLstmActivationsToGatesCandidateAndOutput) {
  ops::RecurrentOptions options;
  options.recurrent_activation = UnaryKind::Sigmoid;
  const auto out = ops::recurrent(
      Tensor::of<float>({1, -1}, {1, 2, 1}), Tensor::of<float>({0.1f, 0.2f, 0.3f, 0.4f}, {1, 4}),
      Tensor::of<float>({0.5f, -0.5f, 1, -1}, {1, 4}), Tensor::of<float>({0, 1, 0, 0}, {4}),
      {zero_, zero_}, Tensor(), options);
  // c1 = s(.1) tanh(.3) = 0.1529331;  h1 = s(.4) tanh(c1) = 0.0908519
  // c2 = s(-.2 + 1 - .5 h1) c1 + s(-.1 + .5 h1) tanh(-.3 + h1) = 0.0037576
  // h2 = s(-.4 - h1) tanh(c2) = 0.0014267
  expect_near(out[0], {0.0908519f, 0.0014267f}, 1e-5);
  expect_near(out[2], {0.0037576f}, 1e-5);
}

TEST_F(RecurrentReference, ResetsTheStateOfAGruBeforeItsProduct) {
  const Tensor x = Tensor::of<float>({1}, {1, 1, 1});
  // h' = 2: z = 0.5 + 2*1 = 2.5, r = 3 + 2*0.5 = 4, hh = 5 + (4*2)*10 = 85; h = 2.5*2 - 1.5*85.
  const auto out = ops::recurrent(x, Tensor::of<float>({0.5f, 3, 5}, {1, 3}),
                                  Tensor::of<float>({1, 0.5f, 10}, {1, 3}), Tensor(),
                                  {Tensor::full({1, 1}, 2)}, Tensor(), linear(CellKind::Gru));
  EXPECT_EQ(values<float>(out[0]), Floats({-122.5f}));
}

TEST_F(RecurrentReference, ResetsWholeStatesNotSingleUnits) {
  // Two units whose candidates each read the other's reset state.
  const Tensor x = Tensor::of<float>({1}, {1, 1, 1});
  const Tensor kernel = Tensor::of<float>({0, 0, 2, 3, 0, 0}, {1, 6});
  const Tensor recurrent = Tensor::of<float>({0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}, {2, 6});
  const auto out =
      ops::recurrent(x, kernel, recurrent, Tensor(), {Tensor::of<float>({10, 100}, {1, 2})},
                     Tensor(), linear(CellKind::Gru));
  EXPECT_EQ(values<float>(out[0]), Floats({300, 20}));
}

TEST_F(RecurrentReference, ResetsTheProductWhenResetAfter) {
  auto options = linear(CellKind::Gru);
  options.reset_after = true;
  const Tensor x = Tensor::of<float>({1}, {1, 1, 1});
  const Tensor bias = Tensor::of<float>({0.25f, 0, 1, 0.25f, 1, 7}, {2, 3});
  // h' = 2: z = 0.5 + 0.25 + 2*1 + 0.25 = 3, r = 3 + 2*0.5 + 1 = 5,
  // hh = 5 + 1 + 5 * (2*10 + 7) = 141; h = 3*2 - 2*141.
  const auto out = ops::recurrent(x, Tensor::of<float>({0.5f, 3, 5}, {1, 3}),
                                  Tensor::of<float>({1, 0.5f, 10}, {1, 3}), bias,
                                  {Tensor::full({1, 1}, 2)}, Tensor(), options);
  EXPECT_EQ(values<float>(out[0]), Floats({-276}));
}

TEST_F(RecurrentReference, KeepsSequencesOfABatchApart) {
  const Tensor x = Tensor::of<float>({1, 2, 30, 40}, {2, 2, 1});
  const auto out =
      ops::recurrent(x, Tensor::full({1, 1}, 1), Tensor::full({1, 1}, 0.5f), Tensor(),
                     {Tensor::of<float>({0, 100}, {2, 1})}, Tensor(), linear(CellKind::SimpleRnn));
  EXPECT_EQ(values<float>(out[0]), Floats({1, 2.5f, 80, 80}));
  EXPECT_EQ(values<float>(out[1]), Floats({2.5f, 80}));
}

TEST_F(RecurrentReference, ReturnsTheInitialStateOfAnEmptySequence) {
  const auto out =
      ops::recurrent(Tensor::zeros({1, 0, 1}), Tensor::full({1, 1}, 1), Tensor::full({1, 1}, 1),
                     Tensor(), {Tensor::full({1, 1}, 4)}, Tensor(), linear(CellKind::SimpleRnn));
  EXPECT_EQ(out[0].size(), 0);
  EXPECT_EQ(values<float>(out[1]), Floats({4}));
}

}  // namespace
}  // namespace tfjs::kernels
