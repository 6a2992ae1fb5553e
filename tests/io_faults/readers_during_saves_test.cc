// Readers and several savers at once: every load gives one whole model.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "tests/io_faults/whole_model.h"

namespace tfjs::io {
namespace {

constexpr int kSavesEach = 60;
constexpr std::int64_t kReadersRows = 5000;

class ReadersDuringSaves : public testing::TestWithParam<PlaceKind> {};

TEST_P(ReadersDuringSaves, SeeWholeModelsOnly) {
  const TestFolder folder;
  const std::string path = make_place(folder, GetParam());
  save_whole(path, 1, kReadersRows);
  std::atomic<bool> is_saving = true;
  std::atomic<int> loads = 0;
  std::mutex mutex;
  std::vector<std::string> errors;
  const auto note_errors = [&](auto work) {
    try {
      work();
    } catch (const Error& error) {
      const std::lock_guard lock(mutex);
      errors.emplace_back(error.what());
    }
  };

  std::vector<std::thread> threads;
  for (int reader = 0; reader < 2; ++reader) {
    threads.emplace_back([&] {
      note_errors([&] {
        while (is_saving) {
          if (load_whole(path) < 1) return;
          ++loads;
        }
      });
    });
  }
  std::vector<std::thread> savers;
  for (int saver = 0; saver < 2; ++saver) {
    savers.emplace_back([&, saver] {
      note_errors([&] {
        for (int i = 0; i < kSavesEach; ++i) save_whole(path, 2 + 1000 * saver + i, kReadersRows);
      });
    });
  }
  for (std::thread& saver : savers) saver.join();
  is_saving = false;
  for (std::thread& reader : threads) reader.join();

  EXPECT_EQ(errors, std::vector<std::string>{});
  EXPECT_GT(loads, 10);
  const int last = load_whole(path) % 1000;
  EXPECT_EQ(last, 1 + kSavesEach);
  EXPECT_EQ(folder.list().size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Places, ReadersDuringSaves, kPlaceKinds, place_name);

}  // namespace
}  // namespace tfjs::io
