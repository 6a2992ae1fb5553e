#include "tfjs/ops/resize.h"

#include <gtest/gtest.h>

#include "tfjs/kernels/testing/kernel_set_evaluator.h"

namespace tfjs::kernels {
namespace {

using ops::Interpolation;
using Floats = std::vector<float>;

class ResizeReference : public ::testing::Test {
 protected:
  /// A row of pixels resized to `width`.
  Floats resized(const Floats& row, std::int64_t width, const ops::ResizeOptions& options) {
    const Tensor x = Tensor::of<float>(row, {1, 1, static_cast<std::int64_t>(row.size()), 1});
    return testing::values<float>(ops::resize(x, 1, width, options));
  }

  testing::KernelSetEvaluator reference_{"reference"};
};

TEST_F(ResizeReference, InterpolatesFromTheTopLeftAndClampsAtTheEdge) {
  EXPECT_EQ(resized({0, 10}, 4, {}), Floats({0, 5, 10, 10}));
  EXPECT_EQ(resized({0, 10, 20, 30}, 2, {}), Floats({0, 20}));
}

TEST_F(ResizeReference, AlignsCorners) {
  EXPECT_EQ(resized({0, 30}, 4, {.align_corners = true}), Floats({0, 10, 20, 30}));
  EXPECT_EQ(resized({7, 30}, 1, {.align_corners = true}), Floats({7}));
}

TEST_F(ResizeReference, CentresHalfPixels) {
  EXPECT_EQ(resized({0, 10}, 4, {.half_pixel_centers = true}), Floats({0, 2.5f, 7.5f, 10}));
}

TEST_F(ResizeReference, TakesTheNearestByFloor) {
  EXPECT_EQ(resized({1, 2, 3}, 6, {.interpolation = Interpolation::Nearest}),
            Floats({1, 1, 2, 2, 3, 3}));
  EXPECT_EQ(resized({1, 2, 3}, 2, {.interpolation = Interpolation::Nearest}), Floats({1, 2}));
  EXPECT_EQ(
      resized({1, 2}, 4, {.interpolation = Interpolation::Nearest, .half_pixel_centers = true}),
      Floats({1, 1, 2, 2}));
  EXPECT_EQ(resized({1, 2}, 4, {.interpolation = Interpolation::Nearest, .align_corners = true}),
            Floats({1, 1, 2, 2}));
}

TEST_F(ResizeReference, WorksOnBothAxesAndAllChannels) {
  const Tensor x = Tensor::of<float>({0, 100, 10, 110, 20, 120, 30, 130}, {1, 2, 2, 2});
  const Tensor y = ops::resize(x, 3, 3, {.align_corners = true});
  EXPECT_EQ(testing::values<float>(y), Floats({0, 100, 5, 105, 10, 110, 10, 110, 15, 115, 20, 120,
                                               20, 120, 25, 125, 30, 130}));
}

}  // namespace
}  // namespace tfjs::kernels
