#include "tfjs/ops/pool.h"

#include <gtest/gtest.h>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using ops::PoolKind;
using shape::Padding;
using testing::values;
using Floats = std::vector<float>;

class PoolReference : public ::testing::Test {
 protected:
  testing::KernelSetEvaluator reference_{"reference"};
  const Tensor x_ = Tensor::of<float>({-1, -2, -3, -4, -5, -6, -7, -8, -9}, {1, 3, 3, 1});
};

TEST_F(PoolReference, TakesTheLargestOfEachWindow) {
  EXPECT_EQ(values<float>(ops::pool(PoolKind::Max, x_, {.size = {2, 2}, .strides = {1, 1}})),
            Floats({-1, -2, -4, -5}));
}

TEST_F(PoolReference, IgnoresPaddingForTheLargest) {
  EXPECT_EQ(values<float>(ops::pool(PoolKind::Max, x_, {.size = {2, 2}, .padding = Padding::Same})),
            Floats({-1, -3, -7, -9}));
}

TEST_F(PoolReference, AveragesRealCellsOnly) {
  EXPECT_EQ(
      values<float>(ops::pool(PoolKind::Average, x_, {.size = {2, 2}, .padding = Padding::Same})),
      Floats({-3, -4.5f, -7.5f, -9}));
}

TEST_F(PoolReference, KeepsChannelsAndImagesApart) {
  const Tensor x = Tensor::of<float>({1, 10, 2, 20, 3, 30, 4, 40}, {2, 1, 2, 2});
  EXPECT_EQ(values<float>(ops::pool(PoolKind::Average, x, {.size = {1, 2}})),
            Floats({1.5f, 15, 3.5f, 35}));
}

TEST_F(PoolReference, ReachesAlongAllAxesOfAVolume) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4, 5, 6, 7, 9}, {1, 2, 2, 2, 1});
  EXPECT_EQ(values<float>(ops::pool(PoolKind::Max, x, {.size = {2, 2, 2}})), Floats({9}));
  EXPECT_EQ(values<float>(ops::pool(PoolKind::Average, x, {.size = {2, 1, 2}})),
            Floats({3.5f, 5.75f}));
}

TEST_F(PoolReference, GivesNothingForAnEmptyImage) {
  EXPECT_EQ(ops::pool(PoolKind::Average, Tensor::zeros({2, 0, 3, 1}), {.size = {1, 1}}).size(), 0);
}

}  // namespace
}  // namespace tfjs::kernels
