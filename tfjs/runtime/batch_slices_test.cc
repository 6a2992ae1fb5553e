#include "tfjs/runtime/batch_slices.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/unary.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

constexpr SampleCost kConvNet{5 << 20, 130};
constexpr SampleCost kSmallConvNet{128 << 10, 40};
constexpr SampleCost kDenseNet{4 << 10, 1};

TEST(ChooseSlices, GivesAConvNetOneImagePerThread) {
  EXPECT_EQ(choose_slices(32, kConvNet, 1), (BatchSlices{1, 1}));
  EXPECT_EQ(choose_slices(32, kConvNet, 2), (BatchSlices{1, 1}));
  EXPECT_EQ(choose_slices(33, kConvNet, 2), (BatchSlices{1, 1}));
}

TEST(ChooseSlices, LetsThreadsShareAnImageWhenSomeWouldIdle) {
  EXPECT_EQ(choose_slices(1, kConvNet, 4), (BatchSlices{1, 4}));
  EXPECT_EQ(choose_slices(3, kConvNet, 2), (BatchSlices{1, 2}));
  EXPECT_EQ(choose_slices(5, kConvNet, 4), (BatchSlices{1, 4}));
}

TEST(ChooseSlices, FillsTheCache) {
  EXPECT_EQ(choose_slices(32, kSmallConvNet, 1), (BatchSlices{8, 1}));
  EXPECT_EQ(choose_slices(64, kSmallConvNet, 2), (BatchSlices{8, 1}));
  EXPECT_EQ(choose_slices(8, kSmallConvNet, 2), (BatchSlices{4, 1}));
}

TEST(ChooseSlices, DoesNotReadTheWeightsOfADenseNetTooOften) {
  EXPECT_EQ(choose_slices(2, kDenseNet, 2), (BatchSlices{2, 2}));
  EXPECT_EQ(choose_slices(31, kDenseNet, 2), (BatchSlices{31, 2}));
  EXPECT_EQ(choose_slices(64, kDenseNet, 2), (BatchSlices{32, 1}));
  EXPECT_EQ(choose_slices(1024, kDenseNet, 1), (BatchSlices{256, 1}));
}

TEST(ChooseSlices, PrefersSlicesOfOneSize) {
  EXPECT_EQ(choose_slices(30, kSmallConvNet, 1), (BatchSlices{6, 1}));
  EXPECT_EQ(choose_slices(31, kSmallConvNet, 1), (BatchSlices{8, 1}));
}

TEST(ChooseSlices, AlwaysCoversTheBatch) {
  for (std::int64_t batch = 1; batch < 70; ++batch) {
    for (const SampleCost& cost : {kConvNet, kSmallConvNet, kDenseNet, SampleCost{0, 1}}) {
      for (const int threads : {1, 2, 3, 8, 64}) {
        const BatchSlices slices = choose_slices(batch, cost, threads);
        EXPECT_TRUE(slices.samples >= 1 && slices.samples <= batch);
        EXPECT_TRUE(slices.threads == 1 || slices.threads == threads);
      }
    }
  }
}

TEST(SampleCost, CountsHowOftenWeightsAreUsed) {
  const auto cost_of = [](const Shape& input, const std::function<Tensor(const Tensor&)>& fn) {
    return sample_cost(program::trace(
        {{DType::Float32, input}},
        [&](const std::vector<Tensor>& in) { return std::vector<Tensor>{ops::exp(fn(in[0]))}; }));
  };
  const SampleCost dense = cost_of({1, 8}, [](const Tensor& x) {
    return ops::matmul(x, Tensor::full({8, 32}, 1));
  });
  EXPECT_EQ(dense.weight_uses, 1);
  EXPECT_EQ(dense.arena_bytes, 128u);
  const SampleCost conv = cost_of({1, 10, 10, 3}, [](const Tensor& x) {
    return ops::conv2d(x, Tensor::full({3, 3, 3, 16}, 1));
  });
  EXPECT_EQ(conv.weight_uses, 64);
  EXPECT_EQ(conv.arena_bytes, 8u * 8 * 16 * 4);
}

/// Rows of x times constants, and how many rows are computed at once.
struct Network {
  std::vector<std::int64_t> traced;
  program::TracedFn fn() {
    return [this](const std::vector<Tensor>& in) {
      traced.push_back(in[0].shape()[0]);
      const Tensor hidden = ops::relu(ops::matmul(in[0], Tensor::full({4, 4096}, 0.5f)));
      return std::vector<Tensor>{ops::matmul(hidden, Tensor::full({4096, 2}, 0.25f)),
                                 ops::neg(in[1])};
    };
  }
};

TEST(RunBatch, GivesTheSameAsTheWholeAtOnce) {
  Network network;
  CompiledFunction function(network.fn());
  for (const std::int64_t batch : {1, 2, 40, 64, 100}) {
    std::vector<float> x;
    for (std::int64_t i = 0; i < batch * 4; ++i) x.push_back(static_cast<float>(i / 4));
    const std::vector<Tensor> inputs = {
        Tensor::of(x, {batch, 4}),
        Tensor::of(std::vector<float>(x.begin(), x.begin() + batch), {batch, 1})};
    const auto expected = function(inputs);
    for (const int threads : {1, 2}) {
      const auto result = function.run_batch(inputs, {.threads = threads});
      for (std::size_t i = 0; i < 2; ++i) {
        ASSERT_EQ(result[i].spec(), expected[i].spec());
        for (std::int64_t k = 0; k < result[i].size(); ++k) {
          ASSERT_FLOAT_EQ(result[i].data<float>()[k], expected[i].data<float>()[k])
              << batch << " " << k;
        }
      }
    }
  }
}

TEST(RunBatch, CutsALargeBatch) {
  Network network;
  CompiledFunction function(network.fn());
  function.run_batch({Tensor::full({96, 4}, 1), Tensor::full({96, 1}, 1)});
  // Once to learn what a sample costs, once for the slices: two layers of 16 KiB are alive at once.
  EXPECT_EQ(network.traced, (std::vector<std::int64_t>{1, 32}));
}

TEST(RunBatch, ComputesWholeWhatCannotBeCut) {
  CompiledFunction sum([](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{
        ops::reduce(ops::ReduceKind::Sum, ops::mul(in[0], Tensor::full({100000}, 2)), {0})};
  });
  const auto result = sum.run_batch({Tensor::full({8, 100000}, 1)});
  EXPECT_EQ(result[0].data<float>()[0], 16);
}

TEST(RunBatch, ComputesWholeAFunctionForOneBatchSize) {
  CompiledFunction function([](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{ops::reshape(in[0], {8, 2, 50000})};
  });
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(function.run_batch({Tensor::full({8, 100000}, 1)})[0].shape(), (Shape{8, 2, 50000}));
  }
}

TEST(RunBatch, HandsOnErrors) {
  CompiledFunction function([](const std::vector<Tensor>& in) { return in; });
  EXPECT_THROW(function.run_batch({Tensor()}), Error);
}

}  // namespace
}  // namespace tfjs::runtime
