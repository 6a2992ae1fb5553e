#include "tfjs/runtime/plan.h"

#include <gtest/gtest.h>

#include "tfjs/ops/movement.h"
#include "tfjs/runtime/internal/testing.h"

namespace tfjs::runtime {
namespace {

using internal::call;
using internal::increment;
using internal::kIncrement;
using internal::kRefuse;
using internal::kScaled;
using internal::kShout;
using internal::kSplitSign;
using internal::overwrites;
using internal::plus;
using internal::test_kernels;
using program::Program;
using program::trace;
using program::TracedFn;

const TensorSpec kFour{DType::Float32, {4}};

Plan plan_of(const std::vector<TensorSpec>& inputs, const TracedFn& fn) {
  return Plan(trace(inputs, fn), {}, test_kernels());
}

std::vector<float> values(const Tensor& tensor) {
  const auto data = tensor.data<float>();
  return {data.begin(), data.end()};
}

Tensor four(float a, float b, float c, float d) {
  return Tensor::of<float>({a, b, c, d}, {4});
}

TEST(Plan, RunsStepsInOrder) {
  const Plan plan = plan_of({kFour, kFour}, [](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{plus(increment(in[0]), increment(increment(in[1])))};
  });
  const std::vector<Tensor> result = plan.run({four(1, 2, 3, 4), four(10, 20, 30, 40)});
  ASSERT_EQ(result.size(), 1u);
  EXPECT_EQ(result[0].spec(), kFour);
  EXPECT_EQ(values(result[0]), (std::vector<float>{14, 25, 36, 47}));
}

TEST(Plan, WritesOverAnInputThatDies) {
  const Plan plan = plan_of({kFour}, [](const std::vector<Tensor>& in) {
    Tensor x = increment(in[0]);
    for (int i = 0; i < 10; ++i) x = increment(x);
    return std::vector<Tensor>{increment(x)};
  });
  EXPECT_EQ(plan.arena_bytes(), 64u);
  const Tensor input = four(0, 1, 2, 3);
  const int before = overwrites;
  EXPECT_EQ(values(plan.run({input})[0]), (std::vector<float>{12, 13, 14, 15}));
  EXPECT_EQ(overwrites - before, 10);
  EXPECT_EQ(values(input), (std::vector<float>{0, 1, 2, 3}));
}

TEST(Plan, DoesNotWriteOverWhatIsNeededLater) {
  const Plan plan = plan_of({kFour}, [](const std::vector<Tensor>& in) {
    const Tensor x = increment(in[0]);
    const Tensor y = increment(x);
    return std::vector<Tensor>{increment(plus(y, x))};
  });
  EXPECT_EQ(values(plan.run({four(0, 1, 2, 3)})[0]), (std::vector<float>{4, 6, 8, 10}));
}

TEST(Plan, DoesNotWriteOverAnInputThatTheKernelReadsTwice) {
  // Plus may write over x but not over y, and here both are one value.
  const Plan plan = plan_of({kFour}, [](const std::vector<Tensor>& in) {
    const Tensor x = increment(in[0]);
    return std::vector<Tensor>{increment(plus(x, x))};
  });
  const int before = overwrites;
  EXPECT_EQ(values(plan.run({four(0, 1, 2, 3)})[0]), (std::vector<float>{3, 5, 7, 9}));
  EXPECT_EQ(overwrites - before, 0);
}

TEST(Plan, DoesNotWriteOverInputsConstantsOrResults) {
  const Tensor constant = four(5, 6, 7, 8);
  const Plan plan = plan_of({kFour}, [&](const std::vector<Tensor>& in) {
    const Tensor first = increment(in[0]);
    return std::vector<Tensor>{first, plus(constant, increment(first))};
  });
  const Tensor input = four(0, 1, 2, 3);
  const auto result = plan.run({input});
  EXPECT_EQ(values(result[0]), (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(values(result[1]), (std::vector<float>{7, 9, 11, 13}));
  EXPECT_EQ(values(constant), (std::vector<float>{5, 6, 7, 8}));
  EXPECT_EQ(values(input), (std::vector<float>{0, 1, 2, 3}));
}

TEST(Plan, ComputesSeveralResultsOfOneStep) {
  const Plan plan = plan_of({kFour}, [](const std::vector<Tensor>& in) {
    const auto parts = call(kSplitSign, {increment(in[0])}, 2);
    return std::vector<Tensor>{increment(parts[1]), parts[0]};
  });
  const auto result = plan.run({four(-5, 1, -3, 2)});
  EXPECT_EQ(values(result[0]), (std::vector<float>{-3, 1, -1, 1}));
  EXPECT_EQ(values(result[1]), (std::vector<float>{0, 2, 0, 3}));
}

TEST(Plan, MakesReshapesNamesOfTheSameBytes) {
  const Plan plan = plan_of({kFour}, [](const std::vector<Tensor>& in) {
    const Tensor x = ops::reshape(increment(in[0]), {2, 2});
    const Tensor y = ops::reshape(increment(x), {1, 4});
    return std::vector<Tensor>{increment(y), ops::reshape(in[0], {4, 1}), x};
  });
  EXPECT_EQ(plan.arena_bytes(), 64u);
  const Tensor input = four(0, 1, 2, 3);
  const auto result = plan.run({input});
  EXPECT_EQ(result[0].shape(), (Shape{1, 4}));
  EXPECT_EQ(values(result[0]), (std::vector<float>{3, 4, 5, 6}));
  EXPECT_EQ(result[1].shape(), (Shape{4, 1}));
  EXPECT_EQ(result[1].raw_data(), input.raw_data());
  EXPECT_EQ(result[2].shape(), (Shape{2, 2}));
  EXPECT_EQ(values(result[2]), (std::vector<float>{1, 2, 3, 4}));
}

TEST(Plan, ReturnsInputsConstantsAndRepeatedValues) {
  const Tensor constant = four(5, 6, 7, 8);
  const Plan plan = plan_of({kFour}, [&](const std::vector<Tensor>& in) {
    const Tensor x = increment(in[0]);
    return std::vector<Tensor>{in[0], constant, x, x, ops::reshape(x, {2, 2})};
  });
  const Tensor input = four(0, 1, 2, 3);
  const auto result = plan.run({input});
  EXPECT_EQ(result[0].identity(), input.identity());
  EXPECT_EQ(result[1].identity(), constant.identity());
  EXPECT_EQ(result[2].identity(), result[3].identity());
  EXPECT_EQ(result[4].raw_data(), result[2].raw_data());
}

TEST(Plan, GivesEveryRunTensorsOfItsOwn) {
  const Plan plan =
      plan_of({kFour}, [](const std::vector<Tensor>& in) { return call(kIncrement, {in[0]}); });
  const auto first = plan.run({four(0, 0, 0, 0)});
  const auto second = plan.run({four(1, 1, 1, 1)});
  EXPECT_EQ(values(first[0]), (std::vector<float>{1, 1, 1, 1}));
  EXPECT_EQ(values(second[0]), (std::vector<float>{2, 2, 2, 2}));
}

TEST(Plan, LetsGoOfConstantsThatKernelsHaveCopied) {
  std::weak_ptr<const void> watched;
  const auto make = [&] {
    auto owner = std::make_shared<float>(3.0f);
    watched = owner;
    const auto bytes = std::as_bytes(std::span<const float>(owner.get(), 1));
    const Tensor factor = Tensor::from_bytes(DType::Float32, {1}, Bytes(std::move(owner), bytes));
    return trace({kFour}, [&](const std::vector<Tensor>& in) {
      return call(kScaled, {in[0], factor});
    });
  };
  const Plan plan(make(), {}, test_kernels());
  EXPECT_TRUE(watched.expired());
  EXPECT_EQ(values(plan.run({four(0, 1, 2, 3)})[0]), (std::vector<float>{0, 3, 6, 9}));
}

TEST(Plan, KeepsAConstantThatSomeoneStillReads) {
  const Tensor factor = Tensor::of<float>({3}, {1});
  const Plan plan = plan_of({kFour, {DType::Float32, {1}}}, [&](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{call(kScaled, {in[0], factor})[0], plus(in[1], factor)};
  });
  const auto result = plan.run({four(0, 1, 2, 3), Tensor::of<float>({1}, {1})});
  EXPECT_EQ(values(result[0]), (std::vector<float>{0, 3, 6, 9}));
  EXPECT_EQ(values(result[1]), (std::vector<float>{4}));
}

TEST(Plan, CopiesSmallConstantsOutOfMappedFilesAndReadsLargeOnesThere) {
  const auto mapped = [](std::vector<float>& floats) {
    const auto nobody = std::shared_ptr<const void>(floats.data(), [](const void*) {});
    const Bytes bytes(nobody, std::as_bytes(std::span<const float>(floats)),
                      [](std::span<const std::byte>) {});
    return Tensor::from_bytes(DType::Float32, {static_cast<std::int64_t>(floats.size())}, bytes);
  };
  constexpr std::size_t kSmall = (64 << 10) / sizeof(float);
  for (const std::size_t size : {kSmall, kSmall + 1}) {
    std::vector<float> file(size, 1);
    const Tensor constant = mapped(file);
    const TensorSpec spec{DType::Float32, {static_cast<std::int64_t>(size)}};
    const Plan plan = plan_of({spec}, [&](const std::vector<Tensor>& in) {
      return std::vector<Tensor>{plus(in[0], constant)};
    });
    file[0] = 7;
    const Tensor zeros = Tensor::full({static_cast<std::int64_t>(size)}, 0.0f);
    EXPECT_EQ(values(plan.run({zeros})[0])[0], size == kSmall ? 1 : 7);
  }
}

TEST(Plan, GivesKernelsASixteenthOfTheConstantsToSpareAndNoLessThan32MiB) {
  static std::vector<std::size_t> given;
  given.clear();
  KernelRegistry kernels;
  kernels.add("Plus", "test", [](const KernelSetup& setup) -> std::unique_ptr<Kernel> {
    given.push_back(*setup.spare_bytes);
    *setup.spare_bytes -= 5;
    return internal::make_plus(setup);
  });
  constexpr std::int64_t kMiB = 1 << 20;
  const auto plan_with = [&](std::int64_t mib) {
    // Nobody reads it.
    static const float element = 0;
    const auto bytes = std::span(reinterpret_cast<const std::byte*>(&element),
                                 static_cast<std::size_t>(mib * kMiB));
    const TensorSpec spec{DType::Float32, {mib * kMiB / 4}};
    const Tensor weights = Tensor::from_bytes(DType::Float32, spec.shape, Bytes(nullptr, bytes));
    const auto twice = [&](const std::vector<Tensor>& in) {
      return std::vector<Tensor>{plus(plus(in[0], weights), weights)};
    };
    return Plan(trace({spec}, twice), {}, kernels);
  };
  plan_with(511);
  plan_with(768);
  EXPECT_EQ(given, (std::vector<std::size_t>{32 * kMiB, 32 * kMiB - 5, 48 * kMiB, 48 * kMiB - 5}));
}

TEST(Plan, KeepsScratchApartFromLivingValues) {
  const Tensor factor = Tensor::of<float>({2}, {1});
  const Plan plan = plan_of({kFour}, [&](const std::vector<Tensor>& in) {
    const Tensor kept = increment(in[0]);
    const Tensor twice = call(kScaled, {kept, factor})[0];
    return std::vector<Tensor>{plus(increment(kept), twice)};
  });
  EXPECT_EQ(plan.arena_bytes(), 3u * 64);
  EXPECT_EQ(values(plan.run({four(0, 1, 2, 3)})[0]), (std::vector<float>{4, 7, 10, 13}));
}

TEST(Plan, PassesStringsThrough) {
  const TensorSpec words{DType::String, {2}};
  const Plan plan = plan_of({words}, [](const std::vector<Tensor>& in) {
    const Tensor loud = call(kShout, {call(kShout, {in[0]})[0]})[0];
    return std::vector<Tensor>{loud, ops::reshape(loud, {1, 2})};
  });
  for (int round = 0; round < 2; ++round) {
    const auto result = plan.run({Tensor::of(std::vector<std::string>{"ab", "c"}, {2})});
    EXPECT_EQ(result[0].string_values(), (std::vector<std::string>{"ab!!", "c!!"}));
    EXPECT_EQ(result[1].shape(), (Shape{1, 2}));
  }
}

TEST(Plan, HandlesTensorsWithoutElements) {
  const Plan plan = plan_of({{DType::Float32, {0, 4}}}, [](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{call(kRefuse, {increment(in[0])})[0]};
  });
  const auto result = plan.run({Tensor::zeros({0, 4})});
  EXPECT_EQ(result[0].shape(), (Shape{0, 4}));
}

TEST(Plan, RunsAgainAfterAKernelThrew) {
  const Plan plan = plan_of(
      {kFour}, [](const std::vector<Tensor>& in) { return call(kRefuse, {increment(in[0])}); });
  EXPECT_THROW(plan.run({four(-2, 0, 0, 0)}), Error);
  EXPECT_EQ(values(plan.run({four(0, 1, 2, 3)})[0]), (std::vector<float>{1, 2, 3, 4}));
}

TEST(Plan, TellsTheTimeOfEveryStep) {
  const Tensor factor = Tensor::of<float>({2}, {1});
  const Plan plan = plan_of({kFour}, [&](const std::vector<Tensor>& in) {
    return call(kScaled, {increment(in[0]), factor});
  });
  const auto times = plan.profile({four(0, 1, 2, 3)}, 1, 3);
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[1].step, "Scaled float32 [4] -> float32 [4]");
  EXPECT_GE(times[1].microseconds, 0);
  EXPECT_LT(times[1].microseconds, 1e6);
}

std::string message_of(const std::function<void()>& fails) {
  try {
    fails();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Plan, ChecksItsInputs) {
  const Plan plan =
      plan_of({kFour}, [](const std::vector<Tensor>& in) { return call(kIncrement, {in[0]}); });
  EXPECT_EQ(message_of([&] { plan.run({}); }), "plan: needs 1 inputs, got 0");
  EXPECT_EQ(message_of([&] { plan.run({Tensor::zeros({5})}); }),
            "plan: input 0 must be float32 [4], got float32 [5]");
  EXPECT_EQ(message_of([&] { plan.run({Tensor::zeros({4}, DType::Int32)}); }),
            "plan: input 0 must be float32 [4], got int32 [4]");
  EXPECT_EQ(message_of([&] { plan.run({Tensor()}); }),
            "plan: input 0 must be float32 [4], got nothing");
  EXPECT_THROW(plan.run({four(0, 0, 0, 0)}, 0), Error);
}

TEST(Plan, SaysWhichStepHasNoKernel) {
  const Op unknown{"Unknown", {}};
  const Program program =
      trace({kFour}, [&](const std::vector<Tensor>& in) { return call(unknown, {in[0]}); });
  const std::string message = message_of([&] { Plan(program, {}, test_kernels()); });
  EXPECT_NE(message.find("Unknown"), std::string::npos) << message;
}

TEST(Plan, RefusesAProgramThatUsesAValueTooEarly) {
  Program program = trace({kFour}, [&](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{increment(increment(in[0]))};
  });
  std::swap(program.steps[0], program.steps[1]);
  EXPECT_THROW(Plan(program, {}, test_kernels()), Error);
}

}  // namespace
}  // namespace tfjs::runtime
