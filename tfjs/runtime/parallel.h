// Splits loops over the threads a run may use.
#pragma once

#include <cstdint>
#include <functional>

namespace tfjs::runtime {

class Parallel {
 public:
  virtual ~Parallel() = default;
  /// Threads that may work at once, the caller's included; at least 1.
  virtual int threads() const = 0;
  /// Calls body(begin, end, thread) for pieces that cover [0, count) and returns when all are done;
  /// `thread` is 0..threads()-1, distinct among pieces that run at once. Pieces have at least
  /// `grain` items but for the last. Every piece begins at a multiple of `grain`. An exception of a
  /// piece reaches the caller.
  virtual void for_range(
      std::int64_t count, std::int64_t grain,
      const std::function<void(std::int64_t begin, std::int64_t end, int thread)>& body) = 0;
};

}  // namespace tfjs::runtime
