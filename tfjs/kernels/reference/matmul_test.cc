#include "tfjs/ops/matmul.h"

#include <gtest/gtest.h>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using testing::values;
using Floats = std::vector<float>;

class MatmulReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
};

TEST_F(MatmulReference, MultipliesRowsByColumns) {
  const Tensor a = Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 1, 3});
  const Tensor b = Tensor::of<float>({1, 10, 2, 20, 3, 30}, {3, 2});
  EXPECT_EQ(values<float>(ops::matmul(a, b)), Floats({14, 140, 32, 320}));
}

TEST_F(MatmulReference, AppliesItsEpilogue) {
  const ops::MatmulOptions options{{true, true, {ops::UnaryKind::Relu}}};
  const Tensor y =
      evaluate_op(ops::kMatmul, options,
                  {Tensor::of<float>({1, 2}, {2, 1}), Tensor::of<float>({1, -1}, {1, 2}),
                   Tensor::of<float>({10, 20}, {2}), Tensor::of<float>({1, 2, -13, -17}, {2, 2})},
                  {DType::Float32, {2, 2}});
  EXPECT_EQ(values<float>(y), Floats({12, 21, 0, 1}));
}

TEST_F(MatmulReference, HandlesDimensionsOfZero) {
  EXPECT_EQ(ops::matmul(Tensor::zeros({0, 3}), Tensor::zeros({3, 2})).shape(), Shape({0, 2}));
  EXPECT_EQ(ops::matmul(Tensor::zeros({2, 3}), Tensor::zeros({3, 0})).shape(), Shape({2, 0}));
  EXPECT_EQ(values<float>(ops::matmul(Tensor::zeros({1, 0}), Tensor::zeros({0, 2}))),
            Floats({0, 0}));
}

TEST_F(MatmulReference, ReadsTransposedOperands) {
  const Tensor a = Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor b = Tensor::of<float>({1, 10, 100, 2, 20, 200}, {2, 3});
  EXPECT_EQ(values<float>(ops::batch_matmul(a, b, {.transpose_b = true})),
            Floats({321, 642, 654, 1308}));
  EXPECT_EQ(values<float>(ops::batch_matmul(a, b, {.transpose_a = true})),
            Floats({9, 90, 900, 12, 120, 1200, 15, 150, 1500}));
}

TEST_F(MatmulReference, BroadcastsMatrices) {
  const Tensor a = Tensor::of<float>({1, 2, 3}, {3, 1, 1, 1});
  const Tensor b = Tensor::of<float>({10, 100}, {2, 1, 1});
  const Tensor y = ops::batch_matmul(a, b);
  EXPECT_EQ(y.shape(), Shape({3, 2, 1, 1}));
  EXPECT_EQ(values<float>(y), Floats({10, 100, 20, 200, 30, 300}));
}

}  // namespace
}  // namespace tfjs::kernels
