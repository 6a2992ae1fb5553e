// Places for the intermediate values of a run in one block of memory: values that are never alive
// at the same time may share bytes.
#pragma once

#include <cstddef>
#include <vector>

namespace tfjs::runtime::internal {

/// Bytes needed from step `first` to step `last`, both included.
struct Lifetime {
  std::size_t bytes = 0;
  int first = 0;
  int last = 0;
};

struct MemoryPlan {
  std::vector<std::size_t> offsets;  ///< per lifetime; multiples of kArenaAlignment
  std::size_t bytes = 0;
};

inline constexpr std::size_t kArenaAlignment = 64;

/// Errors: InvalidArgument when the sum of all sizes overflows.
MemoryPlan plan_memory(const std::vector<Lifetime>& lifetimes);

}  // namespace tfjs::runtime::internal
