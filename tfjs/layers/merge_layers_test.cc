#include "tfjs/layers/concatenate.h"
#include "tfjs/layers/dot.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/merge.h"

namespace tfjs::layers {
namespace {

using testing::counting;
using testing::error_of;
using testing::output_shape;
using testing::run;
using testing::values;

Tensor mask_of(const std::vector<std::uint8_t>& values) {
  return Tensor::of(values, {1, static_cast<std::int64_t>(values.size())});
}

TEST(Merge, CombinesElementwise) {
  Tensor a = Tensor::of<float>({1, 5}, {1, 2}), b = Tensor::of<float>({4, 3}, {1, 2});
  EXPECT_EQ(values(run(add(), {a, b, a}).outputs[0]), (std::vector<float>{6, 13}));
  EXPECT_EQ(values(run(subtract(), {a, b}).outputs[0]), (std::vector<float>{-3, 2}));
  EXPECT_EQ(values(run(multiply(), {a, b}).outputs[0]), (std::vector<float>{4, 15}));
  EXPECT_EQ(values(run(average(), {a, b}).outputs[0]), (std::vector<float>{2.5, 4}));
  EXPECT_EQ(values(run(maximum(), {a, b}).outputs[0]), (std::vector<float>{4, 5}));
  EXPECT_EQ(values(run(minimum(), {a, b}).outputs[0]), (std::vector<float>{1, 3}));
}

TEST(Merge, PutsMissingAxesAfterTheBatch) {
  EXPECT_EQ(output_shape(add(), {{kUnknown, 3, 4}, {kUnknown, 4}}), (Shape{kUnknown, 3, 4}));
  EXPECT_EQ(values(run(add(), {counting({2, 1, 2}), Tensor::of<float>({10, 20, 30, 40}, {2, 2})})
                       .outputs[0]),
            (std::vector<float>{10, 21, 32, 43}));
}

TEST(Merge, RefusesInputsThatDoNotBroadcast) {
  std::string message = error_of(ErrorCode::InvalidArgument, [] {
    output_shape(add({.name = "a"}), {{kUnknown, 2}, {kUnknown, 3}});
  });
  EXPECT_NE(message.find("Add 'a'"), std::string::npos) << message;
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(add(), std::vector<Shape>{{kUnknown, 2}});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(subtract(), {{kUnknown, 2}, {kUnknown, 2}, {kUnknown, 2}});
  });
}

TEST(Merge, KeepsStepsThatEveryMaskKeeps) {
  Tensor x = counting({1, 3, 1});
  EXPECT_EQ(values<std::uint8_t>(
                run(add(), {x, x, x}, {mask_of({1, 1, 0}), Tensor(), mask_of({0, 1, 1})}).masks[0]),
            (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_TRUE(run(add(), {x, x}).masks[0].is_empty());
}

TEST(Concatenate, UsesTheTrueNegativeAxis) {
  EXPECT_EQ(output_shape(concatenate({.axis = -2}), {{kUnknown, 3, 4}, {kUnknown, 5, 4}}),
            (Shape{kUnknown, 8, 4}));
  EXPECT_EQ(
      values(run(concatenate({.axis = -2}), {counting({1, 1, 2}), counting({1, 1, 2})}).outputs[0]),
      (std::vector<float>{0, 1, 0, 1}));
  EXPECT_EQ(output_shape(concatenate(), {{kUnknown, kUnknown}, {kUnknown, 5}}),
            (Shape{kUnknown, kUnknown}));
}

TEST(Concatenate, RefusesInputsThatDifferElsewhere) {
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(concatenate(), {{kUnknown, 3, 4}, {kUnknown, 5, 4}});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(concatenate(), {{kUnknown, 3, 4}, {kUnknown, 4}});
  });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(concatenate({.axis = 3}), {{kUnknown, 3}, {kUnknown, 3}});
  });
}

TEST(Concatenate, JoinsMasksAlongTime) {
  Tensor x = counting({1, 2, 1});
  EXPECT_EQ(values<std::uint8_t>(
                run(concatenate({.axis = 1}), {x, x}, {mask_of({0, 1}), Tensor()}).masks[0]),
            (std::vector<std::uint8_t>{0, 1, 1, 1}));
  EXPECT_EQ(values<std::uint8_t>(run(concatenate(), {x, x}, {mask_of({0, 1}), Tensor()}).masks[0]),
            (std::vector<std::uint8_t>{0, 1}));
}

TEST(Dot, MultipliesAlongItsAxes) {
  Tensor x = counting({1, 2, 3}), y = counting({1, 3, 2}), v = Tensor::of<float>({1, 0, 2}, {1, 3});
  EXPECT_EQ(values(run(dot({.axes = {2, 1}}), {x, y}).outputs[0]),
            (std::vector<float>{10, 13, 28, 40}));
  EXPECT_EQ(values(run(dot({.axes = {1, 2}}), {x, y}).outputs[0]),
            values(run(dot({.axes = {-2, -1}}), {x, y}).outputs[0]));
  EXPECT_EQ(values(run(dot({.axes = {2, 1}}), {x, v}).outputs[0]), (std::vector<float>{4, 13}));
  EXPECT_EQ(values(run(dot({.axes = {1, 2}}), {v, x}).outputs[0]), (std::vector<float>{4, 13}));
  EXPECT_EQ(values(run(dot({.axes = {1}}), {v, v}).outputs[0]), (std::vector<float>{5}));
}

TEST(Dot, NormalizesToCosines) {
  Tensor a = Tensor::of<float>({3, 4}, {1, 2}), b = Tensor::of<float>({4, 3}, {1, 2});
  EXPECT_NEAR(values(run(dot({.axes = {1}, .normalize = true}), {a, b}).outputs[0])[0], 0.96, 1e-6);
}

TEST(Dot, RefusesAxesThatDoNotFit) {
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(dot({.axes = {1}}), {{kUnknown, 2}, {kUnknown, 3}});
  });
  error_of(ErrorCode::InvalidArgument, [] { output_shape(dot({.axes = {0}}), {{2, 2}, {2, 2}}); });
  error_of(ErrorCode::InvalidArgument, [] {
    output_shape(dot({.axes = {1}}), {{2, 2, 2, 2}, {2, 2}});
  });
  error_of(ErrorCode::InvalidArgument, [] { dot({}); });
}

}  // namespace
}  // namespace tfjs::layers
