// Saves killed at a random moment: the old or the new model loads, whole, and no litter grows.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "tests/io_faults/whole_model.h"
#include "tfjs/platform/clock.h"

namespace tfjs::io {
namespace {

constexpr int kSaves = 200;
constexpr int kSavesPerMeasure = 20;
constexpr std::int64_t kKilledSaveRows = 30000;  // 240 kB of weights

class KilledSaves : public testing::TestWithParam<PlaceKind> {};

/// Starts a process that saves model `number`.
pid_t start_saver(const std::string& path, int number) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    save_whole(path, number, kKilledSaveRows);
  } catch (const Error& error) {
    std::fprintf(stderr, "saver: %s\n", error.what());
    ::_exit(1);
  }
  ::_exit(0);
}

/// A save that nobody kills.
double seconds_of_a_save(const std::string& path, int number) {
  const double begin = platform::monotonic_seconds();
  int status = 0;
  ::waitpid(start_saver(path, number), &status, 0);
  EXPECT_EQ(status, 0);
  return platform::monotonic_seconds() - begin;
}

TEST_P(KilledSaves, LeaveTheOldOrTheNewModelWhole) {
  const TestFolder folder;
  const std::string path = make_place(folder, GetParam());
  std::mt19937 random(1 + static_cast<unsigned>(GetParam()));
  std::uniform_real_distribution<double> part(0, 1.2);
  double seconds = 0;
  int current = 1;
  int killed = 0;
  int replaced = 0;
  for (int number = 2; number < 2 + kSaves; ++number) {
    // Other programs slow saves down, now more, now less.
    if ((number - 2) % kSavesPerMeasure == 0) {
      current = 1;
      seconds = seconds_of_a_save(path, current);
    }
    const pid_t saver = start_saver(path, number);
    ::usleep(static_cast<useconds_t>(part(random) * seconds * 1e6));
    ::kill(saver, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(saver, &status, 0), saver);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    const int loaded = load_whole(path);
    ASSERT_TRUE(loaded == number || (WIFSIGNALED(status) && loaded == current))
        << "model " << loaded << " after a save of " << number << " over " << current;
    replaced += loaded == number ? 1 : 0;
    current = loaded;
    // The model and what one killed save leaves.
    ASSERT_LE(folder.list().size(), 2u);
  }
  EXPECT_GT(killed, kSaves / 10);
  EXPECT_GT(replaced, 0);

  save_whole(path, 1000, kKilledSaveRows);
  EXPECT_EQ(load_whole(path), 1000);
  EXPECT_EQ(folder.list().size(), 1u);
  for (const std::string& name : names_inside(path)) {
    EXPECT_FALSE(name.starts_with(".")) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Places, KilledSaves, kPlaceKinds, place_name);

}  // namespace
}  // namespace tfjs::io
