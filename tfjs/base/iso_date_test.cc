#include "tfjs/base/iso_date.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

struct Case {
  std::int64_t milliseconds;
  const char* text;
};

// Texts by new Date(milliseconds).toISOString() in Node.
constexpr Case kCases[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {951782400000, "2000-02-29T00:00:00.000Z"},
    {1709164800123, "2024-02-29T00:00:00.123Z"},
    {4107542400000, "2100-03-01T00:00:00.000Z"},
    {253402300799999, "9999-12-31T23:59:59.999Z"},
    {253402300800000, "+010000-01-01T00:00:00.000Z"},
    {-62167219200000, "0000-01-01T00:00:00.000Z"},
    {-62167219200001, "-000001-12-31T23:59:59.999Z"},
    {8640000000000000, "+275760-09-13T00:00:00.000Z"},
    {-8640000000000000, "-271821-04-20T00:00:00.000Z"},
};

TEST(IsoDate, IsTheTextOfToISOString) {
  for (const Case& c : kCases) EXPECT_EQ(iso_date(c.milliseconds), c.text);
}

TEST(IsoDate, IsReadBack) {
  for (const Case& c : kCases) EXPECT_EQ(parse_iso_date(c.text), c.milliseconds) << c.text;
  for (std::int64_t day = -800000; day < 800000; day += 97) {
    const std::int64_t milliseconds = day * 86400000 + 12345;
    EXPECT_EQ(parse_iso_date(iso_date(milliseconds)), milliseconds);
  }
}

TEST(IsoDate, RefusesWhatJavaScriptHasNot) {
  EXPECT_THROW(iso_date(8640000000000001), Error);
  EXPECT_THROW(iso_date(INT64_MIN), Error);
}

TEST(ParseIsoDate, RefusesOtherTexts) {
  for (const char* text :
       {"", "1970", "1970-01-01", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000",
        "1970-01-01T00:00:00.000Zx", "1970-13-01T00:00:00.000Z", "1970-00-01T00:00:00.000Z",
        "1970-02-30T00:00:00.000Z", "1970-01-01T24:00:00.000Z", "1970-01-01T00:60:00.000Z",
        "+001970-01-01T00:00:00.000Z", "-000000-01-01T00:00:00.000Z", "+999999-01-01T00:00:00.000Z",
        "x970-01-01T00:00:00.000Z", "1970-01-01 00:00:00.000Z"}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tfjs
