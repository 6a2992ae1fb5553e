#include "tfjs/runtime/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tfjs/base/error.h"
#include "tfjs/runtime/internal/worker_pool.h"

namespace tfjs::runtime {
namespace {

using internal::WorkerPool;

/// Enough work that several threads take part.
void busy_wait(std::chrono::microseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
  }
}

TEST(WorkerPool, CoversTheRangeOnce) {
  WorkerPool pool(3);
  for (const std::int64_t count : {0, 1, 2, 7, 64, 1000}) {
    for (const std::int64_t grain : {1, 3, 100}) {
      std::vector<std::atomic<int>> visits(count);
      pool.run(this, 4, count, grain, [&](std::int64_t begin, std::int64_t end, int thread) {
        EXPECT_EQ(begin % grain, 0);
        EXPECT_TRUE(end - begin >= grain || end == count);
        EXPECT_TRUE(thread >= 0 && thread < 4) << thread;
        for (std::int64_t i = begin; i < end; ++i) ++visits[i];
      });
      for (const auto& visit : visits) EXPECT_EQ(visit, 1);
    }
  }
}

TEST(WorkerPool, GivesPiecesThatRunAtOnceDistinctThreadIndexes) {
  WorkerPool pool(3);
  std::vector<std::atomic<int>> inside(4);
  for (int round = 0; round < 200; ++round) {
    pool.run(this, 4, 40, 1, [&](std::int64_t, std::int64_t, int thread) {
      EXPECT_EQ(++inside[thread], 1);
      busy_wait(std::chrono::microseconds(2));
      --inside[thread];
    });
  }
}

TEST(WorkerPool, HandsAnExceptionToTheCallerAndGoesOn) {
  WorkerPool pool(3);
  for (int round = 0; round < 100; ++round) {
    EXPECT_THROW(pool.run(this, 4, 100, 1,
                          [&](std::int64_t begin, std::int64_t end, int) {
                            if (begin <= 50 && 50 < end) throw invalid_argument("item 50");
                          }),
                 Error);
  }
  std::atomic<std::int64_t> sum{0};
  pool.run(this, 4, 100, 1, [&](std::int64_t begin, std::int64_t end, int) { sum += end - begin; });
  EXPECT_EQ(sum, 100);
}

TEST(WorkerPool, RunsANestedLoopOnThePiecesOwnThread) {
  WorkerPool pool(3);
  std::atomic<std::int64_t> sum{0};
  pool.run(this, 4, 16, 1, [&](std::int64_t, std::int64_t, int outer) {
    const auto thread = std::this_thread::get_id();
    pool.run(this, 4, 8, 1, [&](std::int64_t begin, std::int64_t end, int inner) {
      EXPECT_EQ(inner, outer);
      EXPECT_EQ(std::this_thread::get_id(), thread);
      sum += end - begin;
    });
    int other_owner = 0;
    pool.run(&other_owner, 4, 8, 1,
             [&](std::int64_t, std::int64_t, int inner) { EXPECT_EQ(inner, 0); });
  });
  EXPECT_EQ(sum % 8, 0);
  EXPECT_GT(sum, 0);
}

TEST(WorkerPool, WakesWorkersThatSleep) {
  WorkerPool pool(3);
  for (int round = 0; round < 20; ++round) {
    std::atomic<std::int64_t> sum{0};
    pool.run(this, 4, 100, 1, [&](std::int64_t begin, std::int64_t end, int) {
      busy_wait(std::chrono::microseconds(10));
      sum += end - begin;
    });
    EXPECT_EQ(sum, 100);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

TEST(WorkerPool, LetsACallerSleepWhileAWorkerFinishes) {
  WorkerPool pool(1);
  std::atomic<std::int64_t> sum{0};
  for (int round = 0; round < 20; ++round) {
    pool.run(this, 2, 2, 1, [&](std::int64_t begin, std::int64_t end, int thread) {
      std::this_thread::sleep_for(std::chrono::milliseconds(thread == 0 ? 1 : 3));
      sum += end - begin;
    });
  }
  EXPECT_EQ(sum, 40);
}

TEST(WorkerPool, WithoutWorkersRunsOnTheCaller) {
  WorkerPool pool(0);
  std::int64_t sum = 0;
  pool.run(this, 4, 100, 1, [&](std::int64_t begin, std::int64_t end, int thread) {
    EXPECT_EQ(thread, 0);
    sum += end - begin;
  });
  EXPECT_EQ(sum, 100);
}

TEST(MakeParallel, GivesNoMoreThreadsThanThereAreCores) {
  EXPECT_EQ(make_parallel(1)->threads(), 1);
  EXPECT_EQ(make_parallel(100000)->threads(), most_threads());
  EXPECT_THROW(make_parallel(0), Error);
}

TEST(MakeParallel, CoversTheRangeWithEveryNumberOfThreads) {
  for (const int threads : {1, 2, 4}) {
    std::atomic<std::int64_t> sum{0};
    make_parallel(threads)->for_range(
        1000, 7, [&](std::int64_t begin, std::int64_t end, int) { sum += end - begin; });
    EXPECT_EQ(sum, 1000);
  }
}

}  // namespace
}  // namespace tfjs::runtime
