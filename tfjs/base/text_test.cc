#include "tfjs/base/text.h"

#include <gtest/gtest.h>

namespace tfjs {
namespace {

TEST(Cat, JoinsValuesAsJavaScriptPrintsThem) {
  EXPECT_EQ(cat("a", 1, ' ', -2.5, true, std::size_t{7}, std::vector<int>{1, 2}, 1e21),
            "a1 -2.5true7[1, 2]1e+21");
}

TEST(Join, PutsTheSeparatorBetween) {
  EXPECT_EQ(join({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Quoted, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(quoted("a\n\x1b[31m\x7f"), "'a\\n\\x1b[31m\\x7f'");
  EXPECT_EQ(quoted("\xC2\x9B"), "'\\x9b'");        // C1 control sequence introducer
  EXPECT_EQ(quoted("\xE2\x80\xAE"), "'\\u202e'");  // right-to-left override
  EXPECT_EQ(quoted("\xFF\xC3"), "'\\xff\\xc3'");   // no UTF-8
  EXPECT_EQ(quoted("h\xC3\xA9llo"), "'h\xC3\xA9llo'");
}

TEST(Quoted, CutsLongTextBetweenCharacters) {
  EXPECT_EQ(quoted("abcdef", 3), "'abc...'");
  EXPECT_EQ(quoted("ab\xC3\xA9", 3), "'ab...'");
  EXPECT_EQ(quoted("abc", 3), "'abc'");
}

}  // namespace
}  // namespace tfjs
