// The threads behind make_parallel (thread_pool.h). Tests make pools of their own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "tfjs/runtime/internal/loop.h"

namespace tfjs::runtime::internal {

class WorkerPool {
 public:
  /// Starts no thread yet.
  explicit WorkerPool(int most_workers);
  /// No loop may be running.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  int most_workers() const { return static_cast<int>(workers_.size()); }

  /// As Parallel::for_range with at most `threads` threads. `owner` names the Parallel: a loop
  /// inside a piece of the same owner keeps that piece's thread index.
  void run(const void* owner, int threads, std::int64_t count, std::int64_t grain,
           const RangeBody& body);

 private:
  struct Worker;

  /// Workers there are, after starting more where fewer than `wanted`.
  int start_workers(int wanted);
  void offer(Loop& loop, int helpers);
  void take_back(Loop& loop);
  void wait_for_helpers(Loop& loop);
  void leave(Loop& loop);
  void serve(Worker& worker);

  std::mutex start_mutex_;
  std::vector<std::unique_ptr<Worker>> workers_;  // the first started_ are there
  std::atomic<int> started_{0};
  std::atomic<int> startable_;
  std::mutex callers_mutex_;
  std::condition_variable callers_;
};

}  // namespace tfjs::runtime::internal
