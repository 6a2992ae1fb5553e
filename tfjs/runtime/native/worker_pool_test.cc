// The pool where there are threads.
#include "tfjs/runtime/internal/worker_pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

namespace tfjs::runtime::internal {
namespace {

/// Enough work that several threads take part.
void busy_wait(std::chrono::microseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
  }
}

TEST(WorkerPool, RunsPiecesOnSeveralThreadsAtOnce) {
  WorkerPool pool(2);
  std::mutex mutex;
  std::set<std::thread::id> seen;
  const auto everybody_came = [&] {
    std::lock_guard lock(mutex);
    return seen.size() == 3;
  };
  for (int attempt = 0; attempt < 1000 && !everybody_came(); ++attempt) {
    pool.run(this, 3, 300, 1, [&](std::int64_t, std::int64_t, int) {
      busy_wait(std::chrono::microseconds(20));
      std::lock_guard lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST(WorkerPool, ServesManyCallersAtOnce) {
  WorkerPool pool(3);
  std::vector<std::thread> callers;
  std::atomic<std::int64_t> sum{0};
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&] {
      for (int round = 0; round < 300; ++round) {
        pool.run(&callers, 4, 64, 4,
                 [&](std::int64_t begin, std::int64_t end, int) { sum += end - begin; });
        if (round % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(sum, 8 * 300 * 64);
}

}  // namespace
}  // namespace tfjs::runtime::internal
