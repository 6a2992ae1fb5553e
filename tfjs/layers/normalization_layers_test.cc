#include "tfjs/layers/batch_normalization.h"
#include "tfjs/layers/layer_normalization.h"
#include "tfjs/layers/layer_testing.h"

namespace tfjs::layers {
namespace {

using testing::counting;
using testing::error_of;
using testing::expect_near;
using testing::output_shape;
using testing::read_layer;
using testing::run;
using testing::values;

TEST(BatchNormalization, ScalesAndShiftsByItsStatistics) {
  LayerPtr layer = batch_normalization({.epsilon = 0});
  Tensor x = Tensor::of<float>({1, 2}, {1, 2});
  layer->ensure_built({x.shape()});
  std::vector<VariablePtr> weights = layer->weights();
  weights[0]->assign(Tensor::of<float>({2, 3}, {2}));   // gamma
  weights[1]->assign(Tensor::of<float>({10, 0}, {2}));  // beta
  weights[2]->assign(Tensor::of<float>({3, 1}, {2}));   // moving_mean
  weights[3]->assign(Tensor::of<float>({4, 1}, {2}));   // moving_variance
  expect_near(values(run(layer, {x}).outputs[0]), {8, 3}, 1e-5);
}

TEST(BatchNormalization, CreatesOnlyTheWeightsItUses) {
  LayerPtr layer = batch_normalization({.center = false, .scale = false});
  layer->ensure_built({Shape{kUnknown, 5}});
  EXPECT_EQ(layer->trainable_weights().size(), 0u);
  ASSERT_EQ(layer->non_trainable_weights().size(), 2u);
  EXPECT_EQ(layer->weights()[0]->shape(), (Shape{5}));
}

TEST(BatchNormalization, NormalizesTheAxisThatKerasMeans) {
  const char* keras2 = R"({"axis":[1],"epsilon":0,"name":"b"})";
  const char* keras3 =
      R"({"axis":1,"epsilon":0,"name":"b","dtype":{"class_name":"DTypePolicy","config":{"name":"float32"}}})";
  for (const char* config : {keras2, keras3}) {
    LayerPtr layer = read_layer("BatchNormalization", config);
    Tensor x = counting({1, 2, 2});
    layer->ensure_built({x.shape()});
    layer->weights()[1]->assign(Tensor::of<float>({0, 10}, {2}));
    expect_near(values(run(layer, {x}).outputs[0]), {0, 1, 12, 13}, 1e-5);
  }
}

TEST(BatchNormalization, NeedsAKnownChannelAxis) {
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(batch_normalization(), {kUnknown, 2, kUnknown});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(batch_normalization({.axis = 3}), {kUnknown, 2, 2});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(batch_normalization({.axis = 0}), {2, 2, 2});
  });
}

TEST(LayerNormalization, NormalizesEachSample) {
  Tensor x = Tensor::of<float>({1, 3, 10, 30}, {2, 2});
  expect_near(values(run(layer_normalization({.epsilon = 0}), {x}).outputs[0]), {-1, 1, -1, 1},
              1e-5);
}

TEST(LayerNormalization, NormalizesOverSeveralAxes) {
  LayerPtr layer = layer_normalization({.axis = {1, 2}, .epsilon = 0});
  Tensor x = Tensor::of<float>({1, 1, 3, 3}, {1, 2, 2});
  expect_near(values(run(layer, {x}).outputs[0]), {-1, -1, 1, 1}, 1e-5);
  EXPECT_EQ(layer->weights()[0]->shape(), (Shape{2, 2}));
}

TEST(LayerNormalization, RefusesAxesThatDoNotFit) {
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(layer_normalization(), {kUnknown, kUnknown});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(layer_normalization({.axis = {1, -1}}), {kUnknown, 2});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(layer_normalization({.axis = {0}}), {2, 2});
  });
  error_of(ErrorCode::InvalidArgument, [] { layer_normalization({.axis = {}}); });
}

TEST(Normalization, UsesWhatKerasMeasured) {
  LayerPtr layer =
      read_layer("Normalization", R"({"axis":[-1],"mean":null,"variance":null,"name":"n"})");
  Tensor x = Tensor::of<float>({3, 9}, {1, 2});
  layer->ensure_built({x.shape()});
  std::vector<VariablePtr> weights = layer->weights();
  ASSERT_EQ(weights.size(), 3u);
  EXPECT_EQ(weights[2]->spec().dtype, DType::Int32);
  weights[0]->assign(Tensor::of<float>({1, 1}, {2}));
  weights[1]->assign(Tensor::of<float>({4, 16}, {2}));
  expect_near(values(run(layer, {x}).outputs[0]), {1, 2}, 1e-5);
}

TEST(Normalization, UsesWhatItsConfigSays) {
  LayerPtr layer = read_layer("Normalization", R"({"axis":null,"mean":1,"variance":4,"name":"n"})");
  expect_near(values(run(layer, {Tensor::of<float>({3, 9}, {1, 2})}).outputs[0]), {1, 4}, 1e-5);
  EXPECT_TRUE(layer->weights().empty());
  error_of(ErrorCode::InvalidArgument, [] {
    read_layer("Normalization", R"({"axis":-1,"mean":[1,2],"variance":null,"name":"n"})");
  });
}

}  // namespace
}  // namespace tfjs::layers
