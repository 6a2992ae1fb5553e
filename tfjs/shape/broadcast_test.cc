#include "tfjs/shape/broadcast.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::shape {
namespace {

using Strides = std::vector<std::int64_t>;

TEST(Broadcast, StretchesDimensionsOfOneAndAddsLeadingOnes) {
  EXPECT_EQ(broadcast({2, 1, 4}, {3, 1}, "add"), Shape({2, 3, 4}));
  EXPECT_EQ(broadcast({}, {5}, "add"), Shape({5}));
  EXPECT_EQ(broadcast({1}, {0}, "add"), Shape({0}));
}

TEST(Broadcast, KeepsAnUnknownDimensionAgainstOneAndResolvesItAgainstMore) {
  EXPECT_EQ(broadcast({kUnknown, 3}, {1, 3}, "add"), Shape({kUnknown, 3}));
  EXPECT_EQ(broadcast({kUnknown, 3}, {4, 3}, "add"), Shape({4, 3}));
  EXPECT_EQ(broadcast({3}, {kUnknown, 3}, "add"), Shape({kUnknown, 3}));
  EXPECT_EQ(broadcast({kUnknown}, {kUnknown}, "add"), Shape({kUnknown}));
}

TEST(Broadcast, NamesBothShapesThatDoNotFit) {
  try {
    broadcast({2, 3}, {2, 4}, "multiply");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "multiply: shapes [2, 3] and [2, 4] do not broadcast");
  }
}

TEST(BroadcastStrides, AreZeroAlongRepeatedAxes) {
  EXPECT_EQ(broadcast_strides({3, 1}, {2, 3, 4}), Strides({0, 1, 0}));
  EXPECT_EQ(broadcast_strides({2, 3, 4}, {2, 3, 4}), Strides({12, 4, 1}));
  EXPECT_EQ(broadcast_strides({}, {2}), Strides({0}));
}

TEST(BroadcastStrides, RefusesAShapeThatDoesNotBroadcast) {
  EXPECT_THROW(broadcast_strides({2}, {3}), Error);
  EXPECT_THROW(broadcast_strides({2, 3}, {3}), Error);
}

}  // namespace
}  // namespace tfjs::shape
