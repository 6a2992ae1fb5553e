#include "tfjs/platform/worker.h"

#include <gtest/gtest.h>

#include <vector>

namespace tfjs::platform {
namespace {

TEST(Worker, DoesItsWorkInOrder) {
  Worker worker;
  std::vector<int> done;
  for (int i = 0; i < 100; ++i) worker.run([&done, i] { done.push_back(i); });
  worker.wait();
  ASSERT_EQ(done.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(Worker, HasNothingToWaitForWithoutWork) {
  Worker worker;
  worker.wait();
}

TEST(Worker, ItsEndWaitsForWorkThatIsBeingDone) {
  int begun = 0;
  int done = 0;
  {
    Worker worker;
    for (int i = 0; i < 10; ++i) {
      worker.run([&] {
        ++begun;
        ++done;
      });
    }
  }
  EXPECT_EQ(begun, done);
}

}  // namespace
}  // namespace tfjs::platform
