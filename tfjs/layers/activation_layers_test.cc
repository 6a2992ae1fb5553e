#include <cmath>

#include "tfjs/layers/elu.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/leaky_relu.h"
#include "tfjs/layers/prelu.h"
#include "tfjs/layers/relu.h"
#include "tfjs/layers/softmax.h"
#include "tfjs/layers/thresholded_relu.h"

namespace tfjs::layers {
namespace {

using testing::build_with;
using testing::error_of;
using testing::expect_near;
using testing::output_shape;
using testing::run;
using testing::values;

std::vector<float> outputs_at(const LayerPtr& layer, const std::vector<float>& x) {
  return values(run(layer, {Tensor::of(x, {1, static_cast<std::int64_t>(x.size())})}).outputs[0]);
}

TEST(ReLU, IsBoundedByMaxValue) {
  expect_near(outputs_at(relu(), {-1, 0, 9}), {0, 0, 9}, 1e-6);
  expect_near(outputs_at(relu({.max_value = 6}), {-1, 0, 9}), {0, 0, 6}, 1e-6);
  expect_near(outputs_at(relu({.max_value = 2.5}), {-1, 1, 9}), {0, 1, 2.5}, 1e-6);
}

TEST(ReLU, HonoursSlopeAndThresholdOfKeras) {
  LayerPtr layer = relu({.max_value = 4, .negative_slope = 0.5, .threshold = 1});
  expect_near(outputs_at(layer, {-1, 0.5, 1, 3, 9}), {-1, -0.25, 1, 3, 4}, 1e-6);
}

TEST(LeakyReLU, SlopesBelowZero) {
  expect_near(outputs_at(leaky_relu(), {-2, 3}), {-0.6f, 3}, 1e-6);
}

TEST(ELU, HonoursAlpha) {
  expect_near(outputs_at(elu(), {-1, 2}), {std::exp(-1.0f) - 1, 2}, 1e-6);
  expect_near(outputs_at(elu({.alpha = 0.5}), {-1, 0, 2, 200}),
              {0.5f * (std::exp(-1.0f) - 1), 0, 2, 200}, 1e-6);
}

TEST(ThresholdedReLU, CutsUpToTheThreshold) {
  expect_near(outputs_at(thresholded_relu(), {0.5, 1, 1.5}), {0, 0, 1.5}, 1e-6);
}

TEST(PReLU, HasOneSlopePerUnsharedPlace) {
  LayerPtr layer = prelu({.shared_axes = {{1, 2}}});
  layer->ensure_built({Shape{kUnknown, kUnknown, kUnknown, 3}});
  EXPECT_EQ(layer->weights()[0]->shape(), (Shape{1, 1, 3}));
  LayerPtr plain = prelu();
  build_with(plain, {Tensor::zeros({1, 2})}, 0.25f);
  expect_near(outputs_at(plain, {-4, 4}), {-1, 4}, 1e-6);
}

TEST(PReLU, NeedsKnownSizesAndRealAxes) {
  error_of(ErrorCode::InvalidArgument, [] { output_shape(prelu(), {kUnknown, kUnknown, 3}); });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(prelu({.shared_axes = {{0}}}), {kUnknown, 2});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(prelu({.shared_axes = {{2}}}), {kUnknown, 2});
  });
}

TEST(Softmax, SumsToOneAlongItsAxes) {
  Tensor x = Tensor::of<float>({0, 1, 2, 3}, {1, 2, 2});
  const float near = 1 / (1 + std::exp(2.0f));
  expect_near(values(run(softmax(), {x}).outputs[0]), {near, near, 1 - near, 1 - near}, 1e-6);
  std::vector<float> all = values(run(softmax({.axis = {1, 2}}), {x}).outputs[0]);
  EXPECT_NEAR(all[0] + all[1] + all[2] + all[3], 1, 1e-6);
}

TEST(Softmax, GivesMaskedValuesNoWeight) {
  Tensor x = Tensor::of<float>({1, 1, 5}, {1, 3});
  Tensor mask = Tensor::of<std::uint8_t>({1, 1, 0}, {1, 3});
  expect_near(values(run(softmax(), {x}, {mask}).outputs[0]), {0.5, 0.5, 0}, 1e-6);
}

TEST(Softmax, RefusesAnAxisThatIsNotThere) {
  error_of(ErrorCode::InvalidArgument, [] { output_shape(softmax({.axis = {2}}), {kUnknown, 2}); });
}

}  // namespace
}  // namespace tfjs::layers
