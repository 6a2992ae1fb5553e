// Plans and compiled functions used from several threads at once.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/unary.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

constexpr int kThreads = 8;

void on_threads(const std::function<void(int thread)>& body) {
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) threads.emplace_back(body, t);
  for (std::thread& thread : threads) thread.join();
}

/// Two layers and a softmax-like end: with x = c everywhere the result is known.
std::vector<Tensor> network(const std::vector<Tensor>& in) {
  const Tensor first = Tensor::full({64, 48}, 0.5f);
  const Tensor second = Tensor::full({48, 32}, 0.25f);
  const Tensor hidden = ops::relu(ops::add(ops::matmul(in[0], first), Tensor::full({48}, 1)));
  return {ops::mul(ops::matmul(hidden, second), Tensor::scalar(2)), hidden};
}

void expect_results(const std::vector<Tensor>& results, float c) {
  const float hidden = 32 * c + 1;
  for (float value : results[0].data<float>()) ASSERT_FLOAT_EQ(value, 24 * hidden);
  for (float value : results[1].data<float>()) ASSERT_FLOAT_EQ(value, hidden);
}

TEST(PlanThreads, OnePlanServesSeveralThreads) {
  const Plan plan(program::trace({{DType::Float32, {16, 64}}}, network), {.threads = 4});
  on_threads([&](int t) {
    for (int round = 0; round < 50; ++round) {
      const float c = static_cast<float>(t + round % 3);
      expect_results(plan.run({Tensor::full({16, 64}, c)}, 1 + (t + round) % 4), c);
    }
  });
}

TEST(PlanThreads, SeveralPlansRunAtOnce) {
  on_threads([&](int t) {
    const Plan plan(program::trace({{DType::Float32, {t + 1, 64}}}, network), {.threads = 2});
    for (int round = 0; round < 30; ++round) {
      expect_results(plan.run({Tensor::full({t + 1, 64}, 1)}), 1);
    }
  });
}

TEST(CompiledFunctionThreads, BuildsOnePlanForAllWhoWait) {
  std::atomic<int> traces{0};
  CompiledFunction function([&](const std::vector<Tensor>& in) {
    ++traces;
    return network(in);
  });
  on_threads([&](int t) {
    for (int round = 0; round < 20; ++round) {
      expect_results(function({Tensor::full({round % 2 + 1, 64}, 1)}), 1);
    }
  });
  EXPECT_EQ(traces, 2);
}

TEST(CompiledFunctionThreads, MayBeClearedWhileOthersRun) {
  CompiledFunction function(network);
  on_threads([&](int t) {
    for (int round = 0; round < 20; ++round) {
      if (t == 0) function.clear();
      expect_results(function({Tensor::full({2, 64}, 1)}), 1);
    }
  });
}

TEST(CompiledFunctionThreads, BatchesAreCutAtOnce) {
  std::atomic<int> traces{0};
  CompiledFunction function([&](const std::vector<Tensor>& in) {
    ++traces;
    const Tensor wide = ops::relu(ops::matmul(in[0], Tensor::full({64, 2048}, 0.5f)));
    return std::vector<Tensor>{ops::matmul(wide, Tensor::full({2048, 1}, 0.25f))};
  });
  on_threads([&](int t) {
    for (int round = 0; round < 3; ++round) {
      const auto c = static_cast<float>(t + 1);
      const auto results = function.run_batch({Tensor::full({160, 64}, c)}, {.threads = 2});
      for (float value : results[0].data<float>()) ASSERT_FLOAT_EQ(value, 2048 * 8 * c);
    }
  });
  EXPECT_LE(traces, kThreads + 1);  // to learn the cost, perhaps by all at once, and for the slices
}

TEST(EagerThreads, CallsRunAtOnce) {
  on_threads([&](int t) {
    for (int round = 0; round < 20; ++round) {
      const Tensor x = Tensor::full({32, 64}, static_cast<float>(t));
      expect_results(network({x}), static_cast<float>(t));
    }
  });
}

}  // namespace
}  // namespace tfjs::runtime
