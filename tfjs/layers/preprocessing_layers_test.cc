#include "tfjs/layers/category_encoding.h"
#include "tfjs/layers/center_crop.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/random_width.h"
#include "tfjs/layers/rescaling.h"
#include "tfjs/layers/resizing.h"

namespace tfjs::layers {
namespace {

using testing::counting;
using testing::error_of;
using testing::output_shape;
using testing::read_layer;
using testing::run;
using testing::values;

TEST(Rescaling, ScalesThenShifts) {
  EXPECT_EQ(values(run(rescaling({.scale = {2}, .offset = {1}}), {counting({1, 2})}).outputs[0]),
            (std::vector<float>{1, 3}));
  LayerPtr per_channel = read_layer("Rescaling", R"({"scale":[2,3],"offset":1,"name":"r"})");
  EXPECT_EQ(values(run(per_channel, {Tensor::of<std::int32_t>({1, 1}, {1, 2})}).outputs[0]),
            (std::vector<float>{3, 4}));
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(per_channel, {kUnknown, 3}); });
}

TEST(Resizing, KeepsBatchAndChannels) {
  LayerPtr layer = resizing({.height = 5, .width = 3});
  EXPECT_EQ(output_shape(layer, {kUnknown, kUnknown, 4, 2}), (Shape{kUnknown, 5, 3, 2}));
  EXPECT_EQ(
      values(run(resizing({.height = 1, .width = 3}), {Tensor::of<float>({0, 4}, {1, 1, 2, 1})})
                 .outputs[0]),
      (std::vector<float>{0, 2, 4}));
}

TEST(CenterCrop, TakesTheMiddle) {
  EXPECT_EQ(
      values(run(center_crop({.height = 1, .width = 2}), {counting({1, 3, 4, 1})}).outputs[0]),
      (std::vector<float>{5, 6}));
  EXPECT_EQ(output_shape(center_crop({.height = 2, .width = 2}), {kUnknown, 4, 4, 3}),
            (Shape{kUnknown, 2, 2, 3}));
}

TEST(CenterCrop, TakesOneColumnTooManyOffTheLeft) {
  EXPECT_EQ(
      values(run(center_crop({.height = 1, .width = 4}), {counting({1, 1, 5, 1})}).outputs[0]),
      (std::vector<float>{1, 2, 3, 4}));
}

TEST(CenterCrop, ResizesWhatIsTooSmall) {
  EXPECT_EQ(
      values(run(center_crop({.height = 1, .width = 4}), {Tensor::of<float>({0, 2}, {1, 1, 2, 1})})
                 .outputs[0]),
      (std::vector<float>{0, 1, 2, 2}));
}

TEST(CategoryEncoding, EncodesInThreeModes) {
  Tensor x = Tensor::of<float>({2, 0, 2}, {1, 3});
  EXPECT_EQ(values(run(category_encoding({.num_tokens = 3}), {x}).outputs[0]),
            (std::vector<float>{1, 0, 1}));
  EXPECT_EQ(
      values(run(category_encoding({.num_tokens = 3, .output_mode = "count"}), {x}).outputs[0]),
      (std::vector<float>{1, 0, 2}));
  LayerPtr one_hot = category_encoding({.num_tokens = 3, .output_mode = "oneHot"});
  EXPECT_EQ(values(run(one_hot, {Tensor::of<float>({1}, {1, 1})}).outputs[0]),
            (std::vector<float>{0, 1, 0}));
  EXPECT_EQ(output_shape(one_hot, {kUnknown, 4}), (Shape{kUnknown, 4, 3}));
}

TEST(CategoryEncoding, RefusesNumbersOutsideItsTokens) {
  error_of(ErrorCode::InvalidArgument, [] {
    run(category_encoding({.num_tokens = 3}), {Tensor::of<float>({3}, {1, 1})});
  });
}

TEST(RandomWidth, ChangesNothingAtInferenceUnlessItsBoundsAreEqual) {
  Tensor x = counting({1, 1, 2, 1});
  LayerPtr random = random_width({.factor = {0.5}});
  EXPECT_EQ(values(call_layer(*random, {x}, {}, false, nullptr).outputs[0]), values(x));
  EXPECT_EQ(output_shape(random, {kUnknown, 1, 2, 1}), (Shape{kUnknown, 1, kUnknown, 1}));
  LayerPtr fixed = random_width({.factor = {1, 1}});
  EXPECT_EQ(values(run(fixed, {x}).outputs[0]), (std::vector<float>{0, 0.5, 1, 1}));
  EXPECT_EQ(output_shape(random_height({.factor = {1, 1}}), {kUnknown, 3, 2, 1}),
            (Shape{kUnknown, 6, 2, 1}));
}

TEST(Augmentation, IsTheIdentityAtInference) {
  Tensor x = counting({1, 2, 2, 1});
  for (const char* name : {"RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation",
                           "RandomContrast", "RandomBrightness", "ActivityRegularization"}) {
    EXPECT_EQ(values(run(read_layer(name, R"({"name":"a"})"), {x}).outputs[0]), values(x)) << name;
  }
}

}  // namespace
}  // namespace tfjs::layers
