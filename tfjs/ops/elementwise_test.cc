#include <gtest/gtest.h>

#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/testing/call_recorder.h"
#include "tfjs/ops/unary.h"

namespace tfjs::ops {
namespace {

using testing::CallRecorder;
using testing::refusal_of;

TEST(Unary, GivesAResultLikeItsInput) {
  CallRecorder recorder;
  EXPECT_EQ(relu(recorder.input({2, 3})).spec(), TensorSpec({DType::Float32, {2, 3}}));
  EXPECT_EQ(recorder.calls.back().op, &kUnary);
  EXPECT_EQ(recorder.last_options<UnaryOptions>().kind, UnaryKind::Relu);
}

TEST(Unary, CastsIntegersToFloatFirst) {
  CallRecorder recorder;
  EXPECT_EQ(exp(recorder.input({2}, DType::Int32)).dtype(), DType::Float32);
  ASSERT_EQ(recorder.calls.size(), 2u);
  EXPECT_EQ(recorder.calls[0].op, &kCast);
}

TEST(Unary, DoesNothingWhenLinear) {
  CallRecorder recorder;
  unary(recorder.input({2}), {});
  EXPECT_TRUE(recorder.calls.empty());
}

TEST(Unary, NamesTheFunctionThatRefusesStrings) {
  EXPECT_EQ(refusal_of([] { sigmoid(Tensor::of({"a"}, {1})); }),
            "sigmoid: x must be float32, int32 or bool, got string [1]");
  EXPECT_EQ(refusal_of([] { sigmoid(Tensor()); }), "sigmoid: x is an empty Tensor");
}

TEST(Unary, StandsForTheTensorFlowNodesOfItsRows) {
  EXPECT_EQ(kUnary.tensorflow_names.front(), "Relu");
  EXPECT_EQ(kUnary.tensorflow_names.back(), "Erf");
}

TEST(Binary, Broadcasts) {
  CallRecorder recorder;
  EXPECT_EQ(add(recorder.input({2, 1, 4}), recorder.input({3, 1})).shape(), Shape({2, 3, 4}));
  EXPECT_EQ(refusal_of([&] { add(recorder.input({2}), recorder.input({3})); }),
            "add: shapes [2] and [3] do not broadcast");
}

TEST(Binary, KeepsADtypeBothShareAndMeetsInFloat) {
  CallRecorder recorder;
  const Tensor f = recorder.input({2});
  const Tensor i = recorder.input({2}, DType::Int32);
  const Tensor b = recorder.input({2}, DType::Bool);
  EXPECT_EQ(mul(i, i).dtype(), DType::Int32);
  EXPECT_EQ(mul(i, f).dtype(), DType::Float32);
  EXPECT_EQ(mul(b, b).dtype(), DType::Float32);
  EXPECT_EQ(greater(f, f).dtype(), DType::Bool);
  recorder.calls.clear();
  EXPECT_EQ(logical_and(b, b).dtype(), DType::Bool);
  EXPECT_EQ(recorder.calls.size(), 1u) << "bool comparisons need no cast";
}

TEST(Binary, RefusesAResultThatCannotBeCounted) {
  CallRecorder recorder;
  const std::int64_t huge = std::int64_t{1} << 40;
  EXPECT_NE(refusal_of([&] { add(recorder.input({huge, 1}), recorder.input({1, huge})); }), "");
}

}  // namespace
}  // namespace tfjs::ops
