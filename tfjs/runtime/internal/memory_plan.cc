// Greedy best fit, largest first: each value goes into the smallest gap that holds it among the
// values placed already that are alive at the same time, or behind them. The large values decide
// the size of the arena, and they are placed while there is still freedom.
#include "tfjs/runtime/internal/memory_plan.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "tfjs/base/error.h"

namespace tfjs::runtime::internal {
namespace {

std::size_t rounded_up(std::size_t bytes) {
  return (bytes + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
}

bool overlap_in_time(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Lifetime>& lifetimes) {
  std::size_t sum = 0;
  for (const Lifetime& lifetime : lifetimes) {
    if (lifetime.bytes > SIZE_MAX / 2 - kArenaAlignment - sum) {
      throw invalid_argument("plan: the intermediate values of one run do not fit into memory");
    }
    sum += rounded_up(lifetime.bytes);
  }

  std::vector<std::size_t> order(lifetimes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return lifetimes[a].bytes > lifetimes[b].bytes;
  });

  MemoryPlan plan;
  plan.offsets.resize(lifetimes.size());
  std::vector<std::size_t> placed;  // by offset
  for (std::size_t index : order) {
    const std::size_t size = rounded_up(lifetimes[index].bytes);
    std::size_t best_gap = SIZE_MAX;
    std::size_t best_offset = 0;
    std::size_t end = 0;  // of the neighbours in time met so far
    for (std::size_t other : placed) {
      if (!overlap_in_time(lifetimes[index], lifetimes[other])) continue;
      const std::size_t offset = plan.offsets[other];
      if (offset >= end + size && offset - end < best_gap) {
        best_gap = offset - end;
        best_offset = end;
      }
      end = std::max(end, offset + rounded_up(lifetimes[other].bytes));
    }
    plan.offsets[index] = best_gap == SIZE_MAX ? end : best_offset;
    plan.bytes = std::max(plan.bytes, plan.offsets[index] + size);
    const auto place = std::upper_bound(
        placed.begin(), placed.end(), plan.offsets[index],
        [&](std::size_t offset, std::size_t other) { return offset < plan.offsets[other]; });
    placed.insert(place, index);
  }
  return plan;
}

}  // namespace tfjs::runtime::internal
