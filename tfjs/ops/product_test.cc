#include <gtest/gtest.h>

#include "tfjs/ops/matmul.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/recurrent.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/resize.h"
#include "tfjs/ops/testing/call_recorder.h"

namespace tfjs::ops {
namespace {

using testing::CallRecorder;
using testing::refusal_of;

TEST(Matmul, TakesLeadingDimensionsAsRows) {
  CallRecorder recorder;
  EXPECT_EQ(matmul(recorder.input({2, 3, 4}), recorder.input({4, 5})).shape(), Shape({2, 3, 5}));
  EXPECT_EQ(matmul(recorder.input({4}), recorder.input({4, 5})).shape(), Shape({5}));
  EXPECT_EQ(refusal_of([&] {
              matmul(recorder.input({2, 3}), recorder.input({4, 5}));
            }),
            "matmul: the last dimension of a [2, 3] must be the first of b [4, 5]");
  EXPECT_NE(refusal_of([&] { matmul(recorder.input({}), recorder.input({4, 5})); }), "");
}

TEST(BatchMatmul, BroadcastsLeadingDimensionsAndTransposes) {
  CallRecorder recorder;
  EXPECT_EQ(
      batch_matmul(recorder.input({6, 1, 2, 3}), recorder.input({5, 4, 3}), {.transpose_b = true})
          .shape(),
      Shape({6, 5, 2, 4}));
  EXPECT_EQ(
      batch_matmul(recorder.input({3, 2}), recorder.input({3, 4}), {.transpose_a = true}).shape(),
      Shape({2, 4}));
  EXPECT_NE(refusal_of([&] { batch_matmul(recorder.input({2, 3}), recorder.input({4, 5})); }), "");
}

TEST(ScaleShift, WantsOneNumberAChannel) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3, 4});
  const Tensor three = recorder.input({3});
  EXPECT_EQ(scale_shift(x, three, three, -2).shape(), Shape({2, 3, 4}));
  EXPECT_EQ(recorder.last_options<ScaleShiftOptions>().axis, 1);
  EXPECT_EQ(refusal_of([&] { scale_shift(x, three, three); }),
            "scale_shift: scale must have shape [4], got [3]");
}

TEST(LayerNorm, FillsInTheParameterThatIsMissing) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3, 4});
  layer_norm(x, Tensor(), Tensor(), {-1}, 1e-3f);
  EXPECT_EQ(recorder.calls.back().inputs.size(), 1u);
  layer_norm(x, recorder.input({3, 4}), Tensor(), {2, 1}, 1e-3f);
  ASSERT_EQ(recorder.calls.back().inputs.size(), 3u);
  EXPECT_EQ(recorder.calls.back().inputs[2].data<float>()[0], 0.0f);
  EXPECT_EQ(recorder.last_options<LayerNormOptions>().axes, std::vector<int>({1, 2}));
}

TEST(LayerNorm, RefusesAnAxisGivenTwice) {
  CallRecorder recorder;
  EXPECT_EQ(refusal_of([&] {
              layer_norm(recorder.input({2, 3}), Tensor(), Tensor(), {1, -1}, 1e-3f);
            }),
            "layer_norm: an axis is given twice in [1, -1]");
}

TEST(Softmax, RefusesAScalar) {
  CallRecorder recorder;
  EXPECT_EQ(refusal_of([&] { softmax(recorder.input({})); }),
            "softmax: x must have rank 1 or more, got a scalar");
}

TEST(Reduce, RemovesOrKeepsAxes) {
  CallRecorder recorder;
  const Tensor x = recorder.input({2, 3, 4});
  EXPECT_EQ(reduce(ReduceKind::Sum, x, {1}).shape(), Shape({2, 4}));
  EXPECT_EQ(reduce(ReduceKind::Sum, x, {-1, 0}, true).shape(), Shape({1, 3, 1}));
  EXPECT_EQ(reduce(ReduceKind::Sum, x).shape(), Shape());
  EXPECT_NE(refusal_of([&] { reduce(ReduceKind::Sum, x, {3}); }), "");
}

TEST(Reduce, ChoosesTheDtypeByKind) {
  CallRecorder recorder;
  const Tensor i = recorder.input({2}, DType::Int32);
  const Tensor b = recorder.input({2}, DType::Bool);
  EXPECT_EQ(reduce(ReduceKind::Sum, i).dtype(), DType::Int32);
  EXPECT_EQ(reduce(ReduceKind::Mean, i).dtype(), DType::Float32);
  EXPECT_EQ(reduce(ReduceKind::Sum, b).dtype(), DType::Int32);
  EXPECT_EQ(reduce(ReduceKind::Any, b).dtype(), DType::Bool);
  EXPECT_EQ(refusal_of([&] { reduce(ReduceKind::All, i); }), "all: x must be bool, got int32 [2]");
}

TEST(ArgMax, GivesIndicesAndRefusesAnEmptyAxis) {
  CallRecorder recorder;
  EXPECT_EQ(arg_max(recorder.input({2, 3}), -1).spec(), TensorSpec({DType::Int32, {2}}));
  EXPECT_EQ(refusal_of([&] {
              arg_max(recorder.input({2, 0}), 1);
            }),
            "arg_max: axis 1 of [2, 0] has no elements");
}

TEST(Resize, KeepsBatchAndChannels) {
  CallRecorder recorder;
  EXPECT_EQ(resize(recorder.input({2, 3, 4, 5}), 6, 7).shape(), Shape({2, 6, 7, 5}));
  EXPECT_NE(refusal_of([&] { resize(recorder.input({2, 0, 4, 5}), 6, 7); }), "");
  EXPECT_NE(refusal_of([&] { resize(recorder.input({2, 3, 4, 5}), 0, 7); }), "");
}

TEST(Recurrent, GivesSequenceAndStatesInTheOrderOfItsInputs) {
  CallRecorder recorder;
  const Tensor h = recorder.input({2, 4});
  const std::vector<Tensor> out =
      recurrent(recorder.input({2, 5, 3}), recorder.input({3, 16}), recorder.input({4, 16}),
                recorder.input({16}), {h, h}, recorder.input({2, 5}, DType::Bool), {});
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].shape(), Shape({2, 5, 4}));
  EXPECT_EQ(out[2].shape(), Shape({2, 4}));
  EXPECT_EQ(recorder.calls.back().inputs.size(), 7u);
  EXPECT_TRUE(recorder.last_options<RecurrentOptions>().has_mask);
}

TEST(Recurrent, LearnsFromItsInputsWhetherThereIsABias) {
  CallRecorder recorder;
  recurrent(recorder.input({2, 5, 3}), recorder.input({3, 4}), recorder.input({4, 4}), Tensor(),
            {recorder.input({2, 4})}, Tensor(), {.cell = CellKind::SimpleRnn});
  EXPECT_FALSE(recorder.last_options<RecurrentOptions>().use_bias);
}

TEST(Recurrent, RefusesShapesOfAnotherCell) {
  CallRecorder recorder;
  const auto gru = [&](Shape kernel, Shape bias, bool reset_after) {
    return refusal_of([&] {
      recurrent(recorder.input({2, 5, 3}), recorder.input(kernel), recorder.input({4, 12}),
                recorder.input(bias), {recorder.input({2, 4})}, Tensor(),
                {.cell = CellKind::Gru, .reset_after = reset_after});
    });
  };
  EXPECT_EQ(gru({3, 12}, {12}, false), "");
  EXPECT_EQ(gru({3, 12}, {2, 12}, true), "");
  EXPECT_EQ(gru({3, 16}, {12}, false), "recurrent: kernel must have shape [3, 12], got [3, 16]");
  EXPECT_EQ(gru({3, 12}, {12}, true), "recurrent: bias must have shape [2, 12], got [12]");
}

}  // namespace
}  // namespace tfjs::ops
