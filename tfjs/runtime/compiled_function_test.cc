#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/unary.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

/// x * 2 + 1, counting how often it is traced.
struct Counted {
  int traces = 0;
  program::TracedFn fn() {
    return [this](const std::vector<Tensor>& in) {
      ++traces;
      return std::vector<Tensor>{ops::add(ops::mul(in[0], Tensor::scalar(2)), Tensor::scalar(1))};
    };
  }
};

TEST(CompiledFunction, TracesOncePerSignature) {
  Counted counted;
  CompiledFunction function(counted.fn());
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(function({Tensor::full({2}, 3)})[0].data<float>()[1], 7);
    EXPECT_EQ(function({Tensor::full({5}, 4)})[0].data<float>()[4], 9);
  }
  EXPECT_EQ(counted.traces, 2);
  function({Tensor::full({2}, 3)}, {.threads = 2});
  function({Tensor::full({2}, 3)}, {.threads = 1, .only_kernel_set = "reference"});
  EXPECT_EQ(counted.traces, 4);
}

TEST(CompiledFunction, GivesOnePlanForOneSignature) {
  Counted counted;
  CompiledFunction function(counted.fn());
  const TensorSpec spec{DType::Float32, {2}};
  EXPECT_EQ(function.plan({spec}), function.plan({spec}));
  EXPECT_EQ(counted.traces, 1);
}

TEST(CompiledFunction, TracesAgainAfterClear) {
  Counted counted;
  CompiledFunction function(counted.fn());
  const auto kept = function.plan({{DType::Float32, {2}}});
  function.clear();
  function({Tensor::full({2}, 3)});
  EXPECT_EQ(counted.traces, 2);
  EXPECT_EQ(kept->run({Tensor::full({2}, 3)})[0].data<float>()[0], 7);
}

TEST(CompiledFunction, KeepsABoundedNumberOfPlans) {
  Counted counted;
  CompiledFunction function(counted.fn());
  for (int n = 1; n <= 100; ++n) function({Tensor::full({n}, 0)});
  EXPECT_EQ(counted.traces, 100);
  function({Tensor::full({100}, 0)});
  EXPECT_EQ(counted.traces, 100);
  function({Tensor::full({1}, 0)});
  EXPECT_EQ(counted.traces, 101);
}

TEST(CompiledFunction, BecomesPartOfATraceThatGoesOn) {
  Counted counted;
  CompiledFunction function(counted.fn());
  const program::Program program =
      program::trace({{DType::Float32, {2}}},
                     [&](const std::vector<Tensor>& in) { return function({ops::exp(in[0])}); });
  EXPECT_EQ(program.steps.size(), 3u);
}

TEST(CompiledFunction, CanBeCalledAgainAfterATraceThatFailed) {
  int calls = 0;
  CompiledFunction function([&](const std::vector<Tensor>& in) {
    if (++calls == 1) throw invalid_argument("not yet");
    return in;
  });
  EXPECT_THROW(function({Tensor::scalar(1)}), Error);
  EXPECT_EQ(function({Tensor::scalar(1)})[0].data<float>()[0], 1);
}

TEST(CompiledFunction, OptimisesWhatItTraces) {
  const Tensor weights = Tensor::full({4, 3}, 1);
  CompiledFunction function([&](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{
        ops::relu(ops::add(ops::matmul(in[0], weights), Tensor::full({3}, -5)))};
  });
  EXPECT_EQ(function.plan({{DType::Float32, {2, 4}}})->program().steps.size(), 1u);
  EXPECT_EQ(function({Tensor::full({2, 4}, 2)})[0].data<float>()[5], 3);
}

}  // namespace
}  // namespace tfjs::runtime
