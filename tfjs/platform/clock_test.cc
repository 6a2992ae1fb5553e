#include "tfjs/platform/clock.h"

#include <gtest/gtest.h>

namespace tfjs::platform {
namespace {

TEST(Clock, CountsMillisecondsSince1970) {
  EXPECT_GT(now_ms(), 1'700'000'000'000);  // November 2023
  EXPECT_LT(now_ms(), 10'000'000'000'000);
}

TEST(Clock, GoesOnWhileSleeping) {
  const double start = monotonic_seconds();
  sleep_ms(5);
  EXPECT_GE(monotonic_seconds() - start, 0.004);
}

}  // namespace
}  // namespace tfjs::platform
