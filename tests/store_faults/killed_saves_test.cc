// Saves killed at a random moment while another process loads: every load gives the old or the new
// model, whole, and no litter grows.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <random>

#include "tests/store_faults/whole_model.h"
#include "tfjs/platform/clock.h"

namespace tfjs::io {
namespace {

constexpr int kSaves = 500;
constexpr int kSavesPerMeasure = 20;

/// What the processes of a test see alike.
struct Shared {
  std::atomic<bool> is_over = false;
  std::atomic<int> loads = 0;
};

class SharedMemory {
 public:
  SharedMemory()
      : memory_(::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                       -1, 0)),
        shared_(new (memory_) Shared) {}
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory() { ::munmap(memory_, sizeof(Shared)); }
  Shared* operator->() const { return shared_; }

 private:
  void* memory_;
  Shared* shared_;
};

/// Starts a process that saves model `number`.
pid_t start_saver(const std::string& store, int number) {
  return start_process([&] { return save_whole(store, "model", number, kRowsBeyondCache), 0; });
}

/// Starts a process that loads and lists until the test is over, and fails at anything wrong.
pid_t start_loader(const std::string& store, const SharedMemory& shared) {
  return start_process([&] {
    while (!shared->is_over) {
      if (load_whole(store, "model") < 1 || load_whole(store, "other") != 5000) return 2;
      if (list_indexed_db({.store = store}).get().size() != 2) return 3;
      ++shared->loads;
    }
    return 0;
  });
}

/// A save that nobody kills.
double seconds_of_a_save(const std::string& store, int number) {
  const double begin = platform::monotonic_seconds();
  EXPECT_EQ(status_of(start_saver(store, number)), 0);
  return platform::monotonic_seconds() - begin;
}

TEST(KilledSavesToAStore, LeaveTheOldOrTheNewModelWholeForEveryLoad) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  const SharedMemory shared;
  save_whole(store, "other", 5000, 100);
  save_whole(store, "model", 1, kRowsBeyondCache);
  const pid_t loader = start_loader(store, shared);

  std::mt19937 random(1);
  std::uniform_real_distribution<double> part(0, 1.2);
  double seconds = 0;
  int current = 1;
  int killed = 0;
  int replaced = 0;
  for (int number = 2; number < 2 + kSaves && !testing::Test::HasFailure(); ++number) {
    // The loader and other programs slow saves down, now more, now less.
    if ((number - 2) % kSavesPerMeasure == 0) {
      current = 1;
      seconds = seconds_of_a_save(store, current);
    }
    const pid_t saver = start_saver(store, number);
    ::usleep(static_cast<useconds_t>(part(random) * seconds * 1e6));
    ::kill(saver, SIGKILL);
    const int status = status_of(saver);
    const bool was_killed = WIFSIGNALED(status);
    EXPECT_TRUE(was_killed || WEXITSTATUS(status) == 0);
    const int loaded = load_whole(store, "model");
    EXPECT_TRUE(loaded == number || (was_killed && loaded == current))
        << "model " << loaded << " after a save of " << number << " over " << current;
    killed += was_killed ? 1 : 0;
    replaced += loaded == number ? 1 : 0;
    current = loaded;
  }
  shared->is_over = true;
  EXPECT_EQ(status_of(loader), 0);
  EXPECT_GT(killed, kSaves / 10);
  EXPECT_GT(replaced, 0);
  EXPECT_GT(shared->loads, 10);

  save_whole(store, "model", 1000, kRowsBeyondCache);
  EXPECT_EQ(load_whole(store, "model"), 1000);
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

}  // namespace
}  // namespace tfjs::io
