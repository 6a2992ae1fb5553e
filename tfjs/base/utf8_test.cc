#include "tfjs/base/utf8.h"

#include <gtest/gtest.h>

namespace tfjs {
namespace {

TEST(Utf8, ReadsBackEveryCodePoint) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode_utf8(text, Surrogates::Allow);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.size, static_cast<int>(text.size()));
  }
}

TEST(Utf8, RefusesOverlongCutAndForeignBytes) {
  for (std::string_view text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\x80", "\xC3", "\xE2\x82", "\xC3(", "\xFF"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(Utf8, LetsSurrogatesThroughOnRequestOnly) {
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_EQ(decode_utf8("\xED\xA0\x80", Surrogates::Allow).value, 0xD800u);
}

}  // namespace
}  // namespace tfjs
