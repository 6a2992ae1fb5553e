#include <thread>

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/testing.h"

namespace tfjs::program {
namespace {

TEST(Trace, RecordsCallsInOrder) {
  const Tensor weights = numbers({4, 3});
  const Program program = trace({floats({2, 4})}, [&](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{ops::relu(ops::matmul(in[0], weights))};
  });
  EXPECT_EQ(dump(program),
            "input %0 float32 [2, 4]\n"
            "const %1 float32 [4, 3]\n"
            "%2 float32 [2, 3] = Matmul(%0, %1)\n"
            "%3 float32 [2, 3] = Unary(%2) {Relu}\n"
            "output %3\n");
}

TEST(Trace, ComputesCallsOfConstantsAtOnce) {
  const Tensor a = Tensor::of<float>({1, 2}, {2});
  const Program program = trace({floats({2})}, [&](const std::vector<Tensor>& in) {
    const Tensor sum = ops::add(a, a);
    EXPECT_FALSE(sum.is_traced());
    return std::vector<Tensor>{ops::mul(in[0], sum)};
  });
  EXPECT_EQ(step_list(program), "Binary{Mul}");
  expect_close(interpret(program, {a}), {Tensor::of<float>({2, 8}, {2})});
}

TEST(Trace, KeepsOneConstantForOneTensor) {
  const Tensor a = numbers({2});
  const Program program = trace({floats({2})}, [&](const std::vector<Tensor>& in) {
    const Tensor copy = a;
    return std::vector<Tensor>{ops::add(ops::mul(in[0], a), copy), a};
  });
  EXPECT_EQ(program.values.size(), 4u);
  EXPECT_EQ(program.values[program.outputs[1]].constant.identity(), a.identity());
}

TEST(Trace, DropsWhatNoOutputNeeds) {
  const Tensor unused = numbers({2});
  const Program program = trace({floats({2}), floats({3})}, [&](const std::vector<Tensor>& in) {
    ops::exp(ops::add(in[0], unused));
    return std::vector<Tensor>{ops::relu(in[0])};
  });
  EXPECT_EQ(dump(program),
            "input %0 float32 [2]\n"
            "input %1 float32 [3]\n"
            "%2 float32 [2] = Unary(%0) {Relu}\n"
            "output %2\n");
}

TEST(Trace, LetsOutputsBeInputsConstantsAndRepeat) {
  const Tensor constant = numbers({1});
  const Program program = trace({floats({2})}, [&](const std::vector<Tensor>& in) {
    const Tensor y = ops::relu(in[0]);
    return std::vector<Tensor>{in[0], constant, y, y};
  });
  const Tensor x = Tensor::of<float>({-1, 2}, {2});
  const Tensor y = Tensor::of<float>({0, 2}, {2});
  expect_close(interpret(program, {x}), {x, constant, y, y});
}

TEST(Trace, NestsOnOneThread) {
  Program inner;
  const auto square = [](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{ops::square(in[0])};
  };
  const Program outer = trace({floats({2})}, [&](const std::vector<Tensor>& in) {
    const Tensor y = ops::exp(in[0]);
    inner = trace({floats({5})}, square);
    return std::vector<Tensor>{ops::neg(y)};
  });
  EXPECT_EQ(step_list(inner), "Unary{Square}");
  EXPECT_EQ(step_list(outer), "Unary{Exp}; Unary{Neg}");
}

TEST(Trace, RefusesATensorOfAnotherTrace) {
  Tensor kept;
  trace({floats({2})}, [&](const std::vector<Tensor>& in) {
    kept = ops::exp(in[0]);
    return in;
  });
  try {
    trace({floats({2})}, [&](const std::vector<Tensor>& in) {
      return std::vector<Tensor>{ops::add(in[0], kept)};
    });
    FAIL() << "a tensor of an earlier trace was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Internal);
    EXPECT_NE(std::string(error.what()).find("another trace"), std::string::npos) << error.what();
  }
  EXPECT_THROW(ops::exp(kept), Error);
}

TEST(Trace, LeavesTheEvaluatorAsItWasAfterAnError) {
  EXPECT_THROW(trace({floats({2})},
                     [&](const std::vector<Tensor>& in) {
                       return std::vector<Tensor>{ops::matmul(in[0], in[0])};
                     }),
               Error);
  EXPECT_FALSE(ops::exp(Tensor::scalar(0)).is_traced());
}

TEST(Trace, NeedsKnownShapes) {
  EXPECT_THROW(trace({floats({kUnknown, 2})}, [](const std::vector<Tensor>& in) { return in; }),
               Error);
}

TEST(Dump, SaysOptionsAndSeveralOutputs) {
  const Program program = trace({floats({4, 2})}, [](const std::vector<Tensor>& in) {
    const std::vector<Tensor> parts = ops::split(in[0], 2, 0);
    return std::vector<Tensor>{ops::clip_by_value(ops::transpose(parts[0], {1, 0}), -1, 0.5f),
                               ops::reshape(parts[1], Shape{4})};
  });
  EXPECT_EQ(step_list(program),
            "Slice; Slice; Transpose{[1, 0]}; Unary{ClipByValue[-1,0.5]}; Reshape");
  EXPECT_NE(dump(program).find("output %4, %5\n"), std::string::npos) << dump(program);
}

}  // namespace
}  // namespace tfjs::program
