#include "tfjs/runtime/internal/memory_plan.h"

#include <gtest/gtest.h>

#include <random>

#include "tfjs/base/error.h"

namespace tfjs::runtime::internal {
namespace {

void expect_no_clash(const std::vector<Lifetime>& lifetimes, const MemoryPlan& plan) {
  ASSERT_EQ(plan.offsets.size(), lifetimes.size());
  for (std::size_t a = 0; a < lifetimes.size(); ++a) {
    EXPECT_EQ(plan.offsets[a] % kArenaAlignment, 0u);
    EXPECT_LE(plan.offsets[a] + lifetimes[a].bytes, plan.bytes);
    for (std::size_t b = 0; b < a; ++b) {
      const bool together =
          lifetimes[a].first <= lifetimes[b].last && lifetimes[b].first <= lifetimes[a].last;
      const bool apart = plan.offsets[a] + lifetimes[a].bytes <= plan.offsets[b] ||
                         plan.offsets[b] + lifetimes[b].bytes <= plan.offsets[a];
      EXPECT_TRUE(!together || apart) << a << " and " << b;
    }
  }
}

TEST(PlanMemory, OfNothingNeedsNothing) {
  EXPECT_EQ(plan_memory({}).bytes, 0u);
}

TEST(PlanMemory, GivesAChainTwoPlaces) {
  std::vector<Lifetime> chain;
  for (int i = 0; i < 10; ++i) chain.push_back({1000, i, i + 1});
  const MemoryPlan plan = plan_memory(chain);
  expect_no_clash(chain, plan);
  EXPECT_EQ(plan.bytes, 2u * 1024);
}

TEST(PlanMemory, FillsTheSmallestGapThatFits) {
  const std::vector<Lifetime> lifetimes = {{6400, 0, 9}, {3200, 0, 4}, {1600, 0, 9},
                                           {3136, 5, 9}, {64, 0, 9},   {64, 5, 9}};
  const MemoryPlan plan = plan_memory(lifetimes);
  expect_no_clash(lifetimes, plan);
  EXPECT_EQ(plan.offsets[3], plan.offsets[1]);
  EXPECT_EQ(plan.bytes, 6400u + 3200 + 1600 + 64);
}

TEST(PlanMemory, NeverLetsLivingValuesOverlap) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<Lifetime> lifetimes;
    for (int i = 0; i < 60; ++i) {
      const int first = static_cast<int>(random() % 50);
      lifetimes.push_back({random() % 5000, first, first + static_cast<int>(random() % 10)});
    }
    expect_no_clash(lifetimes, plan_memory(lifetimes));
  }
}

TEST(PlanMemory, RejectsASumThatOverflows) {
  EXPECT_THROW(plan_memory({{SIZE_MAX / 2, 0, 1}, {SIZE_MAX / 2, 0, 1}}), Error);
}

}  // namespace
}  // namespace tfjs::runtime::internal
