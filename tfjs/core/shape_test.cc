#include "tfjs/core/shape.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 40;

TEST(Shape, MultipliesItsDimensions) {
  EXPECT_EQ(Shape({2, 3, 4}).size(), 24);
  EXPECT_EQ(Shape().size(), 1);
  EXPECT_EQ(Shape({5, 0}).size(), 0);
}

TEST(Shape, RefusesASizeBeyond64Bits) {
  EXPECT_THROW(Shape({kHuge, kHuge}).size(), Error);
  EXPECT_THROW(Shape({0, kHuge, kHuge}).size(), Error);
}

TEST(Shape, HasNoSizeWhileADimensionIsUnknown) {
  EXPECT_FALSE(Shape({kUnknown, 3}).is_known());
  EXPECT_THROW(Shape({kUnknown, 3}).size(), Error);
}

TEST(Shape, CountsNegativeAxesFromTheEnd) {
  const Shape shape = {2, 3, 4};
  EXPECT_EQ(shape[-1], 4);
  EXPECT_EQ(shape.normalize_axis(-3, "test"), 0);
}

TEST(Shape, NamesWhoAskedForAnAxisThatIsNotThere) {
  try {
    Shape({2, 3}).normalize_axis(2, "softmax");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    EXPECT_STREQ(error.what(), "softmax: axis 2 is out of range for shape [2, 3] of rank 2");
  }
}

TEST(Shape, TakesPartsAndJoinsThem) {
  const Shape shape = {2, 3, 4};
  EXPECT_EQ(shape.sub(1), Shape({3, 4}));
  EXPECT_EQ(shape.sub(0, 2), Shape({2, 3}));
  EXPECT_EQ(concat(shape.sub(2), {5}), Shape({4, 5}));
  EXPECT_EQ(shape.with_appended(7), Shape({2, 3, 4, 7}));
  EXPECT_THROW(shape.sub(2, 4), Error);
}

TEST(Shape, PrintsUnknownDimensionsAsModelFilesDo) {
  EXPECT_EQ(cat(Shape({kUnknown, 3})), "[null, 3]");
  EXPECT_EQ(cat(Shape()), "[]");
}

}  // namespace
}  // namespace tfjs
