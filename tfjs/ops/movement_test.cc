#include "tfjs/ops/movement.h"

#include <gtest/gtest.h>

#include "tfjs/ops/testing/call_recorder.h"

namespace tfjs::ops {
namespace {

using testing::CallRecorder;
using testing::refusal_of;

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

TEST(Reshape, WorksOutOneUnknownDimension) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3, 4});
  EXPECT_EQ(reshape(x, {kUnknown, 6}).shape(), Shape({4, 6}));
  EXPECT_EQ(refusal_of([&] {
              reshape(x, {5, 5});
            }),
            "reshape: [2, 3, 4] with 24 elements cannot take shape [5, 5] with 25");
  EXPECT_NE(refusal_of([&] { reshape(x, {kUnknown, 5}); }), "");
  EXPECT_NE(refusal_of([&] { reshape(x, {kUnknown, kUnknown}); }), "");
  EXPECT_NE(refusal_of([&] { reshape(x, {kUnknown, 0}); }), "");
  EXPECT_NE(refusal_of([&] { reshape(x, {kHuge, 4, kUnknown}); }), "");
}

TEST(Reshape, NeedsNoCallForAConcreteTensor) {
  CallRecorder recorder;
  const Tensor x = Tensor::zeros({2, 3});
  EXPECT_EQ(reshape(x, {6}).raw_data(), x.raw_data());
  EXPECT_TRUE(recorder.calls.empty());
}

TEST(Squeeze, RemovesOnlyADimensionOfOne) {
  CallRecorder recorder;
  EXPECT_EQ(squeeze(recorder.input({2, 1, 3}), -2).shape(), Shape({2, 3}));
  EXPECT_EQ(expand_dims(recorder.input({2, 3}), -1).shape(), Shape({2, 3, 1}));
  EXPECT_EQ(refusal_of([&] {
              squeeze(recorder.input({2, 3}), 0);
            }),
            "squeeze: axis 0 of [2, 3] is not 1");
}

TEST(Transpose, PermutesAndRefusesWhatIsNoPermutation) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3, 4});
  EXPECT_EQ(transpose(x, {2, 0, 1}).shape(), Shape({4, 2, 3}));
  for (const std::vector<int>& bad : {std::vector<int>{0, 1}, {0, 1, 1}, {0, 1, 3}, {-1, 0, 1}}) {
    EXPECT_NE(refusal_of([&] { transpose(x, bad); }), "");
  }
}

TEST(Concat, AddsUpItsAxis) {
  CallRecorder recorder;
  EXPECT_EQ(concat({recorder.input({2, 3}), recorder.input({2, 5})}, -1).shape(), Shape({2, 8}));
  EXPECT_EQ(refusal_of([&] {
              concat({recorder.input({2, 3}), recorder.input({3, 3})}, 1);
            }),
            "concat: shapes must agree in all axes but 1, got [2, 3] and [3, 3]");
  EXPECT_NE(refusal_of([&] { concat({recorder.input({2}), recorder.input({2, 3})}, 0); }), "");
  EXPECT_NE(refusal_of([] { concat(std::vector<Tensor>(), 0); }), "");
}

TEST(Concat, MeetsInFloatWhenDtypesDiffer) {
  CallRecorder recorder;
  EXPECT_EQ(concat({recorder.input({2}, DType::Int32), recorder.input({2})}, 0).dtype(),
            DType::Float32);
}

TEST(Slice, StaysInside) {
  CallRecorder recorder;
  const Tensor x = recorder.input({4, 5});
  EXPECT_EQ(slice(x, {1, 2}, {2, -1}).shape(), Shape({2, 3}));
  EXPECT_EQ(slice_axis(x, -1, 1, 1).shape(), Shape({4, 0}));
  EXPECT_NE(refusal_of([&] { slice(x, {1, 2}, {4, 1}); }), "");
  EXPECT_NE(refusal_of([&] { slice(x, {-1, 0}, {1, 1}); }), "");
  EXPECT_NE(refusal_of([&] { slice(x, {0, 0}, {1, INT64_MAX}); }), "");
  EXPECT_NE(refusal_of([&] { slice(x, {0}, {1}); }), "");
  EXPECT_NE(refusal_of([&] { slice_axis(x, 0, 3, 2); }), "");
}

TEST(Split, GivesEqualParts) {
  CallRecorder recorder;
  const std::vector<Tensor> parts = split(recorder.input({2, 6}), 3, 1);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[2].shape(), Shape({2, 2}));
  EXPECT_EQ(recorder.last_options<SliceOptions>().begin, std::vector<std::int64_t>({0, 4}));
  EXPECT_NE(refusal_of([&] { split(recorder.input({2, 6}), 4, 1); }), "");
}

TEST(Reverse, CountsDownFromTheLast) {
  CallRecorder recorder;
  EXPECT_EQ(reverse(recorder.input({2, 6}), 1).shape(), Shape({2, 6}));
  EXPECT_EQ(recorder.last_options<SliceOptions>().begin, std::vector<std::int64_t>({0, 5}));
  EXPECT_EQ(recorder.last_options<SliceOptions>().strides, std::vector<std::int64_t>({1, -1}));
}

TEST(Pad, AddsCells) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3});
  EXPECT_EQ(pad(x, {1, 0}, {2, 4}).shape(), Shape({5, 7}));
  EXPECT_NE(refusal_of([&] { pad(x, {-1, 0}, {2, 4}); }), "");
  EXPECT_NE(refusal_of([&] { pad(x, {INT64_MAX, 0}, {2, 4}); }), "");
  EXPECT_NE(refusal_of([&] { pad(x, {kHuge, 0}, {0, 0}); }), "");
}

TEST(Tile, RepeatsAxes) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3});
  EXPECT_EQ(tile(x, {2, 1}).shape(), Shape({4, 3}));
  EXPECT_EQ(tile(x, {0, 1}).shape(), Shape({0, 3}));
  EXPECT_NE(refusal_of([&] { tile(x, {-1, 1}); }), "");
  EXPECT_NE(refusal_of([&] { tile(x, {kHuge, 1}); }), "");
}

TEST(BroadcastTo, StretchesToTheShapeOrRefuses) {
  CallRecorder recorder;
  EXPECT_EQ(broadcast_to(recorder.input({3, 1}), {2, 3, 4}).shape(), Shape({2, 3, 4}));
  EXPECT_EQ(recorder.last_options<TileOptions>().repeats, std::vector<std::int64_t>({2, 1, 4}));
  EXPECT_EQ(refusal_of([&] { broadcast_to(recorder.input({2}), {1}); }),
            "broadcast_to: [2] does not broadcast to [1]");
}

TEST(Gather, ReplacesTheAxisByTheShapeOfTheIndices) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 9, 4});
  EXPECT_EQ(gather(x, recorder.input({5, 6}, DType::Int32), 1).shape(), Shape({2, 5, 6, 4}));
  EXPECT_EQ(refusal_of([&] { gather(x, recorder.input({5})); }),
            "gather: indices must be int32, got float32 [5]");
}

TEST(Cast, DoesNothingForTheSameDtypeAndRefusesStrings) {
  CallRecorder recorder;
  cast(recorder.input({2}), DType::Float32);
  EXPECT_TRUE(recorder.calls.empty());
  EXPECT_EQ(cast(recorder.input({2}), DType::Bool).dtype(), DType::Bool);
  EXPECT_EQ(refusal_of([] { cast(Tensor::of({"1"}, {1}), DType::Float32); }),
            "cast: string [1] cannot become float32");
}

TEST(Select, BroadcastsAllThree) {
  CallRecorder recorder;
  const Tensor condition = recorder.input({4, 1}, DType::Bool);
  EXPECT_EQ(select(condition, recorder.input({3}), recorder.input({})).shape(), Shape({4, 3}));
  EXPECT_NE(refusal_of([&] { select(recorder.input({2}), condition, condition); }), "");
}

TEST(OneHot, AddsAnAxisOfItsDepth) {
  CallRecorder recorder;
  const Tensor indices = recorder.input({2, 3}, DType::Int32);
  EXPECT_EQ(one_hot(indices, 5).spec(), TensorSpec({DType::Float32, {2, 3, 5}}));
  EXPECT_NE(refusal_of([&] { one_hot(indices, 0); }), "");
  EXPECT_NE(refusal_of([&] { one_hot(indices, kHuge); }), "");
}

}  // namespace
}  // namespace tfjs::ops
