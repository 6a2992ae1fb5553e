#include "tfjs/runtime/thread_pool.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/runtime/internal/available_cores.h"
#include "tfjs/runtime/internal/worker_pool.h"

namespace tfjs::runtime {
namespace {

internal::WorkerPool& shared_pool() {
  // Never destroyed: other threads may still predict while the process exits.
  static internal::WorkerPool& pool =
      *std::make_unique<internal::WorkerPool>(internal::available_cores() - 1).release();
  return pool;
}

class Serial final : public Parallel {
 public:
  int threads() const override { return 1; }
  void for_range(std::int64_t count, std::int64_t grain,
                 const std::function<void(std::int64_t, std::int64_t, int)>& body) override {
    if (count > 0) body(0, count, 0);
  }
};

class Pooled final : public Parallel {
 public:
  explicit Pooled(int threads) : threads_(threads) {}
  int threads() const override { return threads_; }
  void for_range(std::int64_t count, std::int64_t grain,
                 const std::function<void(std::int64_t, std::int64_t, int)>& body) override {
    shared_pool().run(this, threads_, count, grain, body);
  }

 private:
  int threads_;
};

}  // namespace

int most_threads() {
  return shared_pool().most_workers() + 1;
}

std::unique_ptr<Parallel> make_parallel(int threads) {
  if (threads < 1) throw invalid_argument("threads must be at least 1, got ", threads);
  threads = std::min(threads, most_threads());
  if (threads == 1) return std::make_unique<Serial>();
  return std::make_unique<Pooled>(threads);
}

}  // namespace tfjs::runtime
