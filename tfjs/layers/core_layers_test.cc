// Shapes, masks and values of the layers that move, mask or look up.
#include "tfjs/layers/cropping.h"
#include "tfjs/layers/dropout.h"
#include "tfjs/layers/embedding.h"
#include "tfjs/layers/flatten.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/masking.h"
#include "tfjs/layers/noise.h"
#include "tfjs/layers/permute.h"
#include "tfjs/layers/repeat_vector.h"
#include "tfjs/layers/reshape.h"
#include "tfjs/layers/up_sampling.h"
#include "tfjs/layers/zero_padding.h"

namespace tfjs::layers {
namespace {

using testing::counting;
using testing::error_of;
using testing::output_shape;
using testing::read_layer;
using testing::run;
using testing::values;

TEST(Dropout, IsTheIdentityAtInference) {
  Tensor x = counting({2, 3});
  for (const LayerPtr& layer : {dropout({.rate = 0.5}), gaussian_noise({.stddev = 1}),
                                gaussian_dropout({.rate = 0.5}), alpha_dropout({.rate = 0.5})}) {
    EXPECT_EQ(values(run(layer, {x}).outputs[0]), values(x));
    EXPECT_TRUE(layer->supports_masking());
  }
}

TEST(Dropout, ClampsItsRate) {
  EXPECT_NE(testing::written(dropout({.rate = 1.5})).find(R"("rate":1,)"), std::string::npos);
}

TEST(SpatialDropout, WantsTheRankOfItsName) {
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(spatial_dropout1d({.rate = 0.5}), {2, 3});
  });
}

TEST(Flatten, MakesEachSampleARow) {
  EXPECT_EQ(output_shape(flatten(), {kUnknown, 2, 3}), (Shape{kUnknown, 6}));
  EXPECT_EQ(output_shape(flatten(), {kUnknown, kUnknown, 3}), (Shape{kUnknown, kUnknown}));
  EXPECT_EQ(
      values(run(flatten({.data_format = "channelsFirst"}), {counting({1, 2, 3})}).outputs[0]),
      (std::vector<float>{0, 3, 1, 4, 2, 5}));
}

TEST(RepeatVector, RepeatsAlongANewAxis) {
  EXPECT_EQ(values(run(repeat_vector({.n = 2}), {counting({2, 2})}).outputs[0]),
            (std::vector<float>{0, 1, 0, 1, 2, 3, 2, 3}));
  error_of(ErrorCode::InvalidArgument, [] { repeat_vector({}); });
}

TEST(Reshape, WorksOutItsUnknownEntry) {
  EXPECT_EQ(output_shape(reshape({.target_shape = {-1, 2}}), {kUnknown, 3, 4}),
            (Shape{kUnknown, 6, 2}));
  EXPECT_EQ(output_shape(reshape({.target_shape = {-1, 2}}), {kUnknown, kUnknown}),
            (Shape{kUnknown, kUnknown, 2}));
  std::string message = error_of(ErrorCode::InvalidArgument, [] {
    output_shape(reshape({.target_shape = {5, -1}, .name = "r"}), {kUnknown, 3, 4});
  });
  EXPECT_EQ(message, "Reshape 'r': samples of shape [3, 4] do not fit target_shape [5, null]");
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(reshape({.target_shape = {0, -1}}), {1, 4});
  });
}

TEST(Permute, CountsAxesFromOne) {
  EXPECT_EQ(output_shape(permute({.dims = {3, 1, 2}}), {kUnknown, 2, 3, 4}),
            (Shape{kUnknown, 4, 2, 3}));
  EXPECT_EQ(values(run(permute({.dims = {2, 1}}), {counting({1, 2, 2})}).outputs[0]),
            (std::vector<float>{0, 2, 1, 3}));
}

TEST(Masking, MasksStepsWhoseFeaturesAllEqualTheValue) {
  Tensor x = Tensor::of<float>({1, 1, 1, 2, 0, 0}, {1, 3, 2});
  CallResult result = run(masking({.mask_value = 1}), {x});
  EXPECT_EQ(values<std::uint8_t>(result.masks[0]), (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(values(result.outputs[0]), (std::vector<float>{0, 0, 1, 2, 0, 0}));
}

TEST(Embedding, LooksUpAndMasksZeros) {
  LayerPtr layer = embedding({.input_dim = 3, .output_dim = 2, .mask_zero = true});
  layer->ensure_built({Shape{1, 2}});
  layer->weights()[0]->assign(counting({3, 2}));
  CallResult result = run(layer, {Tensor::of<float>({2.9f, 0}, {1, 2})});
  EXPECT_EQ(values(result.outputs[0]), (std::vector<float>{4, 5, 0, 1}));
  EXPECT_EQ(values<std::uint8_t>(result.masks[0]), (std::vector<std::uint8_t>{1, 0}));
}

TEST(Embedding, RefusesAnIndexOutsideItsTable) {
  LayerPtr layer = embedding({.input_dim = 3, .output_dim = 2});
  error_of(ErrorCode::InvalidArgument, [&] { run(layer, {Tensor::of<float>({3}, {1, 1})}); });
  error_of(ErrorCode::InvalidArgument, [&] { run(layer, {Tensor::of<float>({-1}, {1, 1})}); });
}

TEST(Embedding, ChecksItsInputLength) {
  LayerPtr layer = embedding({.input_dim = 3, .output_dim = 2, .input_length = {4}});
  EXPECT_EQ(output_shape(layer, {kUnknown, kUnknown}), (Shape{kUnknown, 4, 2}));
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {kUnknown, 5}); });
}

TEST(Embedding, TellsAModelItsInput) {
  EXPECT_EQ(embedding({.input_dim = 3, .output_dim = 2})->batch_input_shape(),
            (Shape{kUnknown, kUnknown}));
}

TEST(Cropping, CutsTheEndsOfSpatialAxes) {
  LayerPtr layer = cropping2d({.cropping = {{1, 0}, {0, 1}}});
  EXPECT_EQ(values(run(layer, {counting({1, 2, 2, 1})}).outputs[0]), (std::vector<float>{2}));
  EXPECT_EQ(output_shape(cropping2d({.cropping = {{1, 2}}, .data_format = "channels_first"}),
                         {kUnknown, 9, 5, kUnknown}),
            (Shape{kUnknown, 9, 2, kUnknown}));
  EXPECT_EQ(output_shape(read_layer("Cropping1D", R"({"cropping":[1,2],"name":"c"})"), {2, 5, 1}),
            (Shape{2, 2, 1}));
}

TEST(Cropping, RefusesToLeaveNothing) {
  LayerPtr layer = cropping2d({.cropping = {{2, 2}}, .name = "c"});
  std::string message = error_of(ErrorCode::InvalidArgument, [&] {
    output_shape(layer, {kUnknown, 4, 9, 1});
  });
  EXPECT_NE(message.find("Cropping2D 'c'"), std::string::npos) << message;
  LayerPtr huge = cropping1d({.cropping = {{INT64_MAX, INT64_MAX}}});
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(huge, {kUnknown, 4, 1}); });
}

TEST(ZeroPadding, AddsZeros) {
  EXPECT_EQ(values(run(zero_padding1d({.padding = {{1, 2}}}), {counting({1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 0, 0}));
  EXPECT_EQ(output_shape(zero_padding3d({.data_format = "channels_first"}), {kUnknown, 7, 1, 2, 3}),
            (Shape{kUnknown, 7, 3, 4, 5}));
}

TEST(ZeroPadding, RefusesSizesBeyond64Bits) {
  LayerPtr layer = zero_padding1d({.padding = {{INT64_MAX, INT64_MAX}}});
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {1, 2, 1}); });
}

TEST(UpSampling, RepeatsCells) {
  EXPECT_EQ(values(run(up_sampling1d(), {counting({1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1}));
  EXPECT_EQ(values(run(up_sampling2d({.size = {1, 2}}), {counting({1, 1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1}));
  EXPECT_EQ(values(run(up_sampling3d(), {counting({1, 1, 1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(output_shape(up_sampling2d({.size = {2, 3}, .data_format = "channels_first"}),
                         {kUnknown, 5, 1, kUnknown}),
            (Shape{kUnknown, 5, 2, kUnknown}));
}

TEST(UpSampling, RefusesSizesBeyond64Bits) {
  LayerPtr layer = up_sampling2d({.size = {INT64_MAX}});
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {1, 2, 2, 1}); });
}

}  // namespace
}  // namespace tfjs::layers
