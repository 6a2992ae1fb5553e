#include "tfjs/platform/background.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <memory>
#include <thread>

namespace tfjs::platform {
namespace {

TEST(RunInBackground, RunsOnAnotherThread) {
  std::promise<std::thread::id> id;
  run_in_background([&](const CancelToken&) { id.set_value(std::this_thread::get_id()); });
  EXPECT_NE(id.get_future().get(), std::this_thread::get_id());
}

TEST(RunInBackground, LetsGoOfWhatItsWorkHolds) {
  const auto held = std::make_shared<int>(1);
  std::promise<void> released;
  struct Notice {
    explicit Notice(std::promise<void>& promise) : released(promise) {}
    std::promise<void>& released;
    ~Notice() { released.set_value(); }
  };
  run_in_background([held, notice = std::make_shared<Notice>(released)](const CancelToken&) {});
  released.get_future().get();
}

/// A process that is only forked has the threads of this one half.
class RunInBackgroundDeathTest : public ::testing::Test {
 protected:
  RunInBackgroundDeathTest() { ::testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

TEST_F(RunInBackgroundDeathTest, EndOfTheProcessStopsWhatRuns) {
  EXPECT_EXIT(
      {
        run_in_background([](const CancelToken& stop) {
          while (!stop.is_cancelled()) std::this_thread::yield();
        });
        std::exit(7);
      },
      ::testing::ExitedWithCode(7), "");
}

TEST_F(RunInBackgroundDeathTest, WorkMayEndTheProcess) {
  EXPECT_EXIT(
      {
        run_in_background([](const CancelToken&) { std::exit(8); });
        for (;;) std::this_thread::yield();
      },
      ::testing::ExitedWithCode(8), "");
}

}  // namespace
}  // namespace tfjs::platform
