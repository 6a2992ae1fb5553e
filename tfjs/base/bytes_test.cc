#include "tfjs/base/bytes.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

TEST(Bytes, KeepTheirOwnerThroughSlices) {
  Bytes slice;
  {
    const Bytes whole =
        Bytes::take(std::string("a longer text than fits into a string object itself"));
    slice = whole.slice(2, 6);
  }
  EXPECT_EQ(slice.text(), "longer");
}

TEST(Bytes, ExtendByTheirNeighbourOnly) {
  const Bytes whole = Bytes::copy_of("abcd");
  Bytes bytes = whole.slice(0, 2);
  EXPECT_FALSE(bytes.extend(whole.slice(3, 1)));
  EXPECT_TRUE(bytes.extend(whole.slice(2, 1)));
  EXPECT_EQ(bytes.text(), "abc");
  const Bytes other({}, whole.slice(3, 1).span());
  EXPECT_FALSE(bytes.extend(other));
  EXPECT_EQ(bytes.text(), "abc");
}

TEST(Bytes, RefuseSlicesOutOfRange) {
  const Bytes bytes = Bytes::copy_of("abc");
  EXPECT_EQ(bytes.slice(3, 0).size(), 0u);
  EXPECT_THROW(bytes.slice(4, 0), Error);
  EXPECT_THROW(bytes.slice(1, 3), Error);
  EXPECT_THROW(bytes.slice(1, static_cast<std::size_t>(-1)), Error);
}

TEST(Bytes, AreMadeAligned) {
  const Bytes bytes = Bytes::make(10, [](std::span<std::byte> out) { out[0] = std::byte{7}; });
  EXPECT_TRUE(bytes.is_aligned(64));
  EXPECT_EQ(bytes.data()[0], std::byte{7});
  EXPECT_TRUE(Bytes::copy_of("").empty());
}

}  // namespace
}  // namespace tfjs
