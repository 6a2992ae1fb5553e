// One parallel loop while it runs.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>

namespace tfjs::runtime::internal {

using RangeBody = std::function<void(std::int64_t begin, std::int64_t end, int thread)>;

/// A loop lives on its caller's stack. A worker may touch it from the moment it was offered until
/// it has left.
class Loop {
 public:
  /// `owner` is the Parallel that runs it.
  Loop(const void* owner, std::int64_t count, std::int64_t grain, int threads,
       const RangeBody& body)
      : owner_(owner), count_(count), grain_(grain), threads_(threads), body_(body) {}

  /// The thread index of a further worker.
  int join() { return joined_.fetch_add(1, std::memory_order_relaxed) + 1; }

  /// Runs pieces as `thread` until none is left. Does not throw: the first exception is kept for
  /// rethrow().
  void work(int thread);

  /// For the caller, once every worker has left.
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

  /// Set in `pending` by a caller that sleeps until it is otherwise zero.
  static constexpr std::uint32_t kCallerSleeps = 1u << 31;
  /// Workers that were offered this loop and have neither left nor been asked in vain.
  std::atomic<std::uint32_t> pending{0};

 private:
  bool take(std::int64_t& begin, std::int64_t& end);

  const void* const owner_;
  const std::int64_t count_;
  const std::int64_t grain_;
  const int threads_;
  const RangeBody& body_;
  std::exception_ptr error_;
  std::atomic<bool> failed_{false};
  std::atomic<int> joined_{0};
  alignas(64) std::atomic<std::int64_t> next_{
      0};  // every worker writes it: not beside what all read
};

/// The piece this thread is in the middle of, if any.
struct CurrentPiece {
  const void* owner = nullptr;
  int thread = -1;
  bool is_running() const { return thread >= 0; }
};
const CurrentPiece& current_piece();

}  // namespace tfjs::runtime::internal
