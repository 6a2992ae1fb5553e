#include "tfjs/layers/conv.h"
#include "tfjs/layers/conv_transpose.h"
#include "tfjs/layers/depthwise_conv2d.h"
#include "tfjs/layers/global_pooling.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/pooling.h"
#include "tfjs/layers/separable_conv2d.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

using testing::build_with;
using testing::counting;
using testing::error_of;
using testing::output_shape;
using testing::read_layer;
using testing::run;
using testing::values;

std::vector<float> filled(const LayerPtr& layer, const Tensor& x, float weight = 1) {
  build_with(layer, {x}, weight);
  return values(run(layer, {x}).outputs[0]);
}

TEST(Conv, KnowsItsShapes) {
  LayerPtr layer = conv2d({.filters = 8, .kernel_size = {3, 5}, .strides = {2}});
  EXPECT_EQ(output_shape(layer, {kUnknown, 9, kUnknown, 3}), (Shape{kUnknown, 4, kUnknown, 8}));
  EXPECT_EQ(layer->weights()[0]->shape(), (Shape{3, 5, 3, 8}));
  EXPECT_EQ(layer->weights()[1]->shape(), (Shape{8}));
  EXPECT_EQ(output_shape(conv3d({.filters = 2,
                                 .kernel_size = {2},
                                 .padding = "same",
                                 .data_format = "channelsFirst"}),
                         {kUnknown, 4, 5, 6, 7}),
            (Shape{kUnknown, 2, 5, 6, 7}));
  EXPECT_EQ(
      output_shape(
          conv1d({.filters = 2, .kernel_size = {3}, .padding = "causal", .dilation_rate = {2}}),
          {kUnknown, 7, 1}),
      (Shape{kUnknown, 7, 2}));
}

TEST(Conv, RefusesInputsThatDoNotFit) {
  LayerPtr layer = conv2d({.filters = 1, .kernel_size = {3}, .name = "c"});
  std::string message = error_of(ErrorCode::InvalidArgument, [&] {
    output_shape(layer, {kUnknown, 8, 8});
  });
  EXPECT_EQ(message,
            "Conv2D 'c': expected one input [batch, height, width, channels], got [[null, 8, 8]]");
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {kUnknown, 8, 8, kUnknown}); });
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {kUnknown, 2, 8, 3}); });
}

TEST(Conv, RefusesOtherChannelsThanItWasBuiltFor) {
  LayerPtr layer = conv2d({.filters = 1, .kernel_size = {1}});
  layer->ensure_built({Shape{kUnknown, 4, 4, 3}});
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {kUnknown, 4, 4, 2}); });
}

TEST(Conv, CausalSeesOnlyEarlierSteps) {
  LayerPtr layer = conv1d({.filters = 1, .kernel_size = {2}, .padding = "causal"});
  EXPECT_EQ(filled(layer, Tensor::of<float>({1, 2, 4}, {1, 3, 1})),
            (std::vector<float>{2, 4, 7}));  // bias 1
}

TEST(Conv, ChannelsFirstGivesTheSameNumbersTurned) {
  Tensor x = counting({1, 5, 2});
  LayerPtr last = conv1d({.filters = 3, .kernel_size = {2}, .use_bias = false});
  LayerPtr first = conv1d(
      {.filters = 3, .kernel_size = {2}, .data_format = "channels_first", .use_bias = false});
  Tensor kernel = counting({2, 2, 3});
  last->ensure_built({x.shape()});
  first->ensure_built({Shape{1, 2, 5}});
  last->weights()[0]->assign(kernel);
  first->weights()[0]->assign(kernel);
  Tensor turned = run(first, {ops::transpose(x, {0, 2, 1})}).outputs[0];
  EXPECT_EQ(turned.shape(), (Shape{1, 3, 4}));
  EXPECT_EQ(values(ops::transpose(turned, {0, 2, 1})), values(run(last, {x}).outputs[0]));
}

TEST(Conv, SoftmaxGoesOverTheLastAxisOfTheResult) {
  LayerPtr layer = conv2d(
      {.filters = 2, .kernel_size = {1}, .data_format = "channels_first", .activation = "softmax"});
  EXPECT_EQ(filled(layer, Tensor::full({1, 1, 1, 2}, 3)), (std::vector<float>{0.5, 0.5, 0.5, 0.5}));
}

TEST(Conv, GroupsSeeOnlyTheirChannels) {
  LayerPtr layer = conv2d({.filters = 2, .kernel_size = {1}, .groups = 2, .use_bias = false});
  EXPECT_EQ(filled(layer, Tensor::of<float>({1, 2, 3, 4}, {1, 1, 1, 4})),
            (std::vector<float>{3, 7}));
  EXPECT_EQ(layer->weights()[0]->shape(), (Shape{1, 1, 2, 2}));
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(conv2d({.filters = 2, .kernel_size = {1}, .groups = 2}), {kUnknown, 1, 1, 3});
  });
}

TEST(ConvTranspose, KnowsItsShapes) {
  LayerPtr same =
      conv2d_transpose({.filters = 4, .kernel_size = {3}, .strides = {2}, .padding = "same"});
  EXPECT_EQ(output_shape(same, {kUnknown, 5, kUnknown, 2}), (Shape{kUnknown, 10, kUnknown, 4}));
  EXPECT_EQ(same->weights()[0]->shape(), (Shape{3, 3, 4, 2}));
  LayerPtr valid = conv3d_transpose({.filters = 4, .kernel_size = {3}, .strides = {2}});
  EXPECT_EQ(output_shape(valid, {kUnknown, 5, 1, 1, 2}), (Shape{kUnknown, 11, 3, 3, 4}));
}

TEST(ConvTranspose, SpreadsEachPixelOverTheKernel) {
  LayerPtr layer = conv2d_transpose({.filters = 1, .kernel_size = {1, 3}, .use_bias = false});
  EXPECT_EQ(filled(layer, Tensor::of<float>({1, 2}, {1, 1, 2, 1})),
            (std::vector<float>{1, 3, 3, 2}));
}

TEST(DepthwiseConv2D, HonoursDilation) {
  LayerPtr layer =
      depthwise_conv2d({.kernel_size = {1, 2}, .dilation_rate = {1, 2}, .use_bias = false});
  EXPECT_EQ(filled(layer, Tensor::of<float>({1, 2, 4, 8}, {1, 1, 4, 1})),
            (std::vector<float>{5, 10}));
}

TEST(DepthwiseConv2D, HasMultiplierResultsPerChannel) {
  LayerPtr layer = depthwise_conv2d({.kernel_size = {1}, .depth_multiplier = 3});
  EXPECT_EQ(output_shape(layer, {kUnknown, 2, 2, 2}), (Shape{kUnknown, 2, 2, 6}));
  EXPECT_EQ(layer->weights()[1]->shape(), (Shape{6}));
}

constexpr const char* kStockSeparable =
    R"({"filters":2,"kernel_size":[1,1],"use_bias":false,"name":"s"})";

TEST(SeparableConv2D, TakesTheMultiplierThatStockForgotFromItsKernels) {
  for (bool pointwise_first : {false, true}) {
    LayerPtr layer = read_layer("SeparableConv2D", kStockSeparable);
    layer->ensure_built({Shape{kUnknown, 1, 1, 2}});
    std::vector<VariablePtr> weights = layer->weights();
    if (pointwise_first) weights[1]->assign(Tensor::full({1, 1, 6, 2}, 1));
    weights[0]->assign(Tensor::full({1, 1, 2, 3}, 1));
    if (!pointwise_first) weights[1]->assign(Tensor::full({1, 1, 6, 2}, 1));
    EXPECT_EQ(values(run(layer, {Tensor::of<float>({1, 2}, {1, 1, 1, 2})}).outputs[0]),
              (std::vector<float>{9, 9}));
    EXPECT_NE(testing::written(layer).find(R"("depth_multiplier":3)"), std::string::npos);
  }
}

TEST(SeparableConv2D, RefusesKernelsThatNoMultiplierExplains) {
  LayerPtr layer = read_layer("SeparableConv2D", kStockSeparable);
  layer->ensure_built({Shape{kUnknown, 1, 1, 2}});
  error_of(ErrorCode::InvalidArgument, [&] {
    layer->weights()[0]->assign(Tensor::zeros({3, 3, 2, 1}));
  });
  LayerPtr second = read_layer("SeparableConv2D", kStockSeparable);
  second->ensure_built({Shape{kUnknown, 1, 1, 2}});
  second->weights()[0]->assign(Tensor::zeros({1, 1, 2, 3}));
  error_of(ErrorCode::InvalidArgument, [&] {
    second->weights()[1]->assign(Tensor::zeros({1, 1, 8, 2}));
  });
}

TEST(Pooling, KnowsItsShapes) {
  EXPECT_EQ(output_shape(max_pooling2d({}), {kUnknown, 5, kUnknown, 3}),
            (Shape{kUnknown, 2, kUnknown, 3}));
  EXPECT_EQ(output_shape(average_pooling1d({.pool_size = {3}, .strides = {{2}}, .padding = "same"}),
                         {kUnknown, 5, 3}),
            (Shape{kUnknown, 3, 3}));
  EXPECT_EQ(output_shape(max_pooling3d({.data_format = "channels_first"}), {kUnknown, 3, 4, 6, 8}),
            (Shape{kUnknown, 3, 2, 3, 4}));
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(max_pooling1d({.pool_size = {4}}), {kUnknown, 3, 1});
  });
}

TEST(Pooling, HonoursTheDataFormatThatStockIgnoresInOneDimension) {
  LayerPtr layer =
      read_layer("MaxPooling1D", R"({"pool_size":2,"data_format":"channels_first","name":"m"})");
  EXPECT_EQ(values(run(layer, {counting({1, 2, 4})}).outputs[0]), (std::vector<float>{1, 3, 5, 7}));
}

TEST(Pooling, LeavesPaddingOutOfTheMean) {
  LayerPtr layer = average_pooling1d({.pool_size = {3}, .strides = {{1}}, .padding = "same"});
  EXPECT_EQ(values(run(layer, {Tensor::of<float>({2, 4, 6}, {1, 3, 1})}).outputs[0]),
            (std::vector<float>{3, 4, 5}));
}

TEST(GlobalPooling, ReducesSpatialAxes) {
  EXPECT_EQ(values(run(global_average_pooling2d(), {counting({1, 2, 2, 1})}).outputs[0]),
            (std::vector<float>{1.5}));
  EXPECT_EQ(
      values(run(global_max_pooling2d({.data_format = "channels_first"}), {counting({1, 2, 1, 2})})
                 .outputs[0]),
      (std::vector<float>{1, 3}));
  EXPECT_EQ(output_shape(global_max_pooling3d(), {kUnknown, 2, 2, 2, 5}), (Shape{kUnknown, 5}));
  EXPECT_EQ(output_shape(read_layer("GlobalAveragePooling2D", R"({"keepdims":true,"name":"g"})"),
                         {kUnknown, kUnknown, 2, 5}),
            (Shape{kUnknown, 1, 1, 5}));
}

}  // namespace
}  // namespace tfjs::layers
