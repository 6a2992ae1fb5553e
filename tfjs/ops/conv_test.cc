#include <gtest/gtest.h>

#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"
#include "tfjs/ops/pool.h"
#include "tfjs/ops/testing/call_recorder.h"

namespace tfjs::ops {
namespace {

using shape::Padding;
using testing::CallRecorder;
using testing::refusal_of;

TEST(Conv2d, WorksOutShapeAndGeometry) {
  CallRecorder recorder;
  const Tensor y = conv2d(recorder.input({2, 224, 225, 3}), recorder.input({3, 5, 3, 8}),
                          {.strides = {2, 1}, .padding = Padding::Same});
  EXPECT_EQ(y.spec(), TensorSpec({DType::Float32, {2, 112, 225, 8}}));
  const auto& options = recorder.last_options<Conv2dOptions>();
  EXPECT_EQ(options.height.pad_after, 1);
  EXPECT_EQ(options.width.pad_before, 2);
}

TEST(Conv2d, RefusesWhatDoesNotFit) {
  CallRecorder recorder;
  const Tensor x = recorder.input({1, 8, 8, 3});
  EXPECT_EQ(refusal_of([&] {
              conv2d(x, recorder.input({3, 3, 4, 8}));
            }),
            "conv2d: x [1, 8, 8, 3] has 3 channels, but filter [3, 3, 4, 8] takes 4");
  EXPECT_EQ(refusal_of([&] {
              conv2d(x, recorder.input({3, 3}));
            }),
            "conv2d: filter must have rank 4, got float32 [3, 3]");
  EXPECT_EQ(refusal_of([&] {
              conv2d(x, recorder.input({3, 3, 3, 8}), {.strides = {2, 2}, .dilations = {1, 2}});
            }),
            "conv2d: strides or dilations must be all 1, got strides [2, 2] and dilations [1, 2]");
  EXPECT_EQ(refusal_of([&] {
              conv2d(x, recorder.input({3, 3, 3, 8}), {.strides = {1}});
            }),
            "conv2d: strides must be 2 numbers, got [1]");
  EXPECT_NE(refusal_of([&] { conv2d(x, recorder.input({9, 1, 3, 8})); }), "");
}

TEST(DepthwiseConv2d, MultipliesChannels) {
  CallRecorder recorder;
  const Tensor y = depthwise_conv2d(recorder.input({1, 8, 8, 3}), recorder.input({3, 3, 3, 2}));
  EXPECT_EQ(y.shape(), Shape({1, 6, 6, 6}));
}

TEST(Conv2dTranspose, GrowsByTheStride) {
  CallRecorder recorder;
  const Tensor x = recorder.input({1, 4, 4, 3});
  const Tensor filter = recorder.input({3, 5, 8, 3});
  EXPECT_EQ(conv2d_transpose(x, filter, {.strides = {2, 2}, .padding = Padding::Same}).shape(),
            Shape({1, 8, 8, 8}));
  EXPECT_EQ(conv2d_transpose(x, filter, {.strides = {2, 2}}).shape(), Shape({1, 9, 11, 8}));
  EXPECT_EQ(refusal_of([&] {
              conv2d_transpose(x, filter, {.dilations = {2, 1}});
            }),
            "conv2d_transpose: dilations must be 1, got [2, 1]");
}

TEST(Conv3d, WorksOutShapes) {
  CallRecorder recorder;
  const Tensor x = recorder.input({1, 4, 5, 6, 2});
  EXPECT_EQ(conv3d(x, recorder.input({2, 3, 3, 2, 7})).shape(), Shape({1, 3, 3, 4, 7}));
  EXPECT_EQ(conv3d_transpose(x, recorder.input({2, 2, 2, 7, 2}),
                             {.strides = {2, 2, 2}, .padding = Padding::Same})
                .shape(),
            Shape({1, 8, 10, 12, 7}));
  EXPECT_NE(refusal_of([&] { conv3d(x, recorder.input({2, 3, 3, 7, 2})); }), "");
}

TEST(Pool, StridesByItsSizeUnlessTold) {
  CallRecorder recorder;
  const Tensor x = recorder.input({1, 5, 6, 3});
  EXPECT_EQ(pool(PoolKind::Max, x, {.size = {2, 2}}).shape(), Shape({1, 2, 3, 3}));
  EXPECT_EQ(pool(PoolKind::Average, x, {.size = {2, 2}, .padding = Padding::Same}).shape(),
            Shape({1, 3, 3, 3}));
  EXPECT_EQ(pool(PoolKind::Max, x, {.size = {2, 2}, .strides = {1, 1}}).shape(),
            Shape({1, 4, 5, 3}));
}

TEST(Pool, TakesVolumesWithThreeSizes) {
  CallRecorder recorder;
  EXPECT_EQ(pool(PoolKind::Max, recorder.input({1, 4, 4, 4, 2}), {.size = {2, 2, 4}}).shape(),
            Shape({1, 2, 2, 1, 2}));
}

TEST(Pool, RefusesARankThatIsNotItsSizes) {
  CallRecorder recorder;
  EXPECT_EQ(refusal_of([&] {
              pool(PoolKind::Max, recorder.input({4, 4}), {.size = {2, 2}});
            }),
            "max_pool: x must have rank 4, got float32 [4, 4]");
  EXPECT_NE(refusal_of([&] { pool(PoolKind::Max, recorder.input({4, 4}), {.size = {2}}); }), "");
}

}  // namespace
}  // namespace tfjs::ops
