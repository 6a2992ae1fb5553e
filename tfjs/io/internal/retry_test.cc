#include "tfjs/io/internal/retry.h"

#include <gtest/gtest.h>

namespace tfjs::io::internal {
namespace {

constexpr std::int64_t kNow = 784111777000;  // Sun, 06 Nov 1994 08:49:37 GMT

TEST(Backoff, DoublesUpToEightSeconds) {
  Backoff backoff;
  double full = 0.25;
  for (int i = 0; i < 60; ++i) {
    const double delay = backoff.next(std::nullopt);
    EXPECT_GE(delay, full / 2);
    EXPECT_LE(delay, full);
    full = std::min(8.0, 2 * full);
  }
}

TEST(Backoff, WaitsAsLongAsTheServerAsksUpToHalfAMinute) {
  EXPECT_EQ(Backoff().next(30), 30);
  EXPECT_EQ(Backoff().next(2.5), 2.5);
  EXPECT_LE(Backoff().next(31), 0.25);
  EXPECT_GE(Backoff().next(0), 0.125);
}

TEST(RetryAfter, ReadsSeconds) {
  EXPECT_EQ(retry_after_s("0", kNow), 0);
  EXPECT_EQ(retry_after_s("120", kNow), 120);
}

TEST(RetryAfter, ReadsDates) {
  EXPECT_EQ(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", kNow), 0);
  EXPECT_EQ(retry_after_s("Sun, 06 Nov 1994 08:50:07 GMT", kNow), 30);
  EXPECT_EQ(retry_after_s("Sat, 05 Nov 1994 08:49:37 GMT", kNow), 0);
  EXPECT_EQ(retry_after_s("Thu, 29 Feb 2024 12:00:00 GMT", 1709208000000 - 1000), 1);
}

TEST(RetryAfter, IgnoresWhatIsNeither) {
  for (const char* value :
       {"", "soon", "-1", "1.5", "1000000000000", "Sun, 06 Xyz 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:3x GMT"}) {
    EXPECT_FALSE(retry_after_s(value, kNow)) << value;
  }
}

}  // namespace
}  // namespace tfjs::io::internal
