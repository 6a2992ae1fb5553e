// Each worker has a mailbox. A caller puts its loop into the mailboxes of free workers, works
// itself until no piece is left, takes the loop back from workers that have not noticed it, and
// waits only for those that are in a piece. So a worker that sleeps, or that the system does not
// run, costs nothing but its help, and a caller never depends on a worker: no deadlock, however
// many callers there are.
#include "tfjs/runtime/internal/worker_pool.h"

#include <algorithm>
#include <system_error>
#include <thread>

#include "tfjs/runtime/internal/spin.h"

namespace tfjs::runtime::internal {
namespace {

// Between two parallel loops of one model lie some microseconds; waking a sleeping thread costs 5
// to 50.
constexpr std::chrono::microseconds kWorkerSpins{50};
constexpr std::chrono::microseconds kCallerSpins{50};

// What a mailbox holds besides a Loop's address.
constexpr std::uintptr_t kFree = 0;
constexpr std::uintptr_t kBusy = 1;
constexpr std::uintptr_t kStop = 2;

std::uintptr_t letter(const Loop& loop) {
  return reinterpret_cast<std::uintptr_t>(&loop);
}

}  // namespace

struct alignas(64) WorkerPool::Worker {
  std::atomic<std::uintptr_t> mailbox{kFree};
  std::atomic<bool> asleep{false};
  std::mutex mutex;
  std::condition_variable wake;
  std::thread thread;

  void notify() {
    // Sequentially consistent on both sides: either this sees asleep, or the worker sees the letter
    // before it sleeps.
    if (!asleep.load()) return;
    { std::lock_guard lock(mutex); }
    wake.notify_one();
  }

  std::uintptr_t wait_for_letter() {
    std::uintptr_t found = kFree;
    const auto has_letter = [&] { return (found = mailbox.load()) != kFree; };
    if (spin_until(has_letter, kWorkerSpins)) return found;
    std::unique_lock lock(mutex);
    asleep.store(true);
    wake.wait(lock, has_letter);
    asleep.store(false);
    return found;
  }
};

WorkerPool::WorkerPool(int most_workers) : workers_(most_workers), startable_(most_workers) {}

WorkerPool::~WorkerPool() {
  for (int i = 0; i < started_; ++i) {
    workers_[i]->mailbox.store(kStop);
    workers_[i]->notify();
    workers_[i]->thread.join();
  }
}

int WorkerPool::start_workers(int wanted) {
  const auto enough = [&] {
    return started_.load(std::memory_order_acquire) >= std::min(wanted, startable_.load());
  };
  if (!enough()) {
    std::lock_guard lock(start_mutex_);
    while (!enough()) {
      const int index = started_;
      auto worker = std::make_unique<Worker>();
      try {
        worker->thread = std::thread([this, raw = worker.get()] { serve(*raw); });
      } catch (const std::system_error&) {
        startable_ =
            index;  // a platform without threads, or no more of them: go on with those there are
        break;
      }
      workers_[index] = std::move(worker);
      started_.store(index + 1, std::memory_order_release);
    }
  }
  return started_.load(std::memory_order_acquire);
}

void WorkerPool::offer(Loop& loop, int helpers) {
  const int workers = start_workers(helpers);
  for (int i = 0; i < workers && helpers > 0; ++i) {
    Worker& worker = *workers_[i];
    std::uintptr_t expected = kFree;
    if (worker.mailbox.load(std::memory_order_relaxed) != kFree) continue;
    loop.pending.fetch_add(1, std::memory_order_relaxed);
    if (worker.mailbox.compare_exchange_strong(expected, letter(loop))) {
      worker.notify();
      --helpers;
    } else {
      loop.pending.fetch_sub(1, std::memory_order_relaxed);
    }
  }
}

void WorkerPool::take_back(Loop& loop) {
  const int workers = started_.load(std::memory_order_acquire);
  for (int i = 0; i < workers; ++i) {
    std::uintptr_t expected = letter(loop);
    if (workers_[i]->mailbox.compare_exchange_strong(expected, kFree)) {
      loop.pending.fetch_sub(1, std::memory_order_relaxed);
    }
  }
}

void WorkerPool::wait_for_helpers(Loop& loop) {
  const auto all_left = [&] {
    return (loop.pending.load(std::memory_order_acquire) & ~Loop::kCallerSleeps) == 0;
  };
  if (spin_until(all_left, kCallerSpins)) return;
  std::unique_lock lock(callers_mutex_);
  loop.pending.fetch_or(Loop::kCallerSleeps);
  callers_.wait(lock, all_left);
}

void WorkerPool::leave(Loop& loop) {
  // After this line the loop may be gone.
  const std::uint32_t before = loop.pending.fetch_sub(1, std::memory_order_acq_rel);
  if (before != (Loop::kCallerSleeps | 1)) return;
  { std::lock_guard lock(callers_mutex_); }
  callers_.notify_all();
}

void WorkerPool::serve(Worker& worker) {
  for (;;) {
    std::uintptr_t found = worker.wait_for_letter();
    if (found == kStop) return;
    if (!worker.mailbox.compare_exchange_strong(found, kBusy)) continue;  // taken back
    Loop& loop = *reinterpret_cast<Loop*>(found);
    loop.work(loop.join());
    // Free again before the caller can go on, or its next loop would find this worker busy.
    worker.mailbox.store(kFree);
    leave(loop);
  }
}

void WorkerPool::run(const void* owner, int threads, std::int64_t count, std::int64_t grain,
                     const RangeBody& body) {
  if (count <= 0) return;
  grain = std::max<std::int64_t>(1, grain);
  const CurrentPiece& piece = current_piece();
  if (piece.is_running()) {
    body(0, count, piece.owner == owner ? piece.thread : 0);
    return;
  }
  threads = static_cast<int>(std::min<std::int64_t>(threads, (count - 1) / grain + 1));
  if (threads <= 1) {
    body(0, count, 0);
    return;
  }
  Loop loop(owner, count, grain, threads, body);
  offer(loop, threads - 1);
  loop.work(0);
  take_back(loop);
  wait_for_helpers(loop);
  loop.rethrow();
}

}  // namespace tfjs::runtime::internal
