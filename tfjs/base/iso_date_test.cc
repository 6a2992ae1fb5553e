#include "tfjs/base/iso_date.h"

#include <gtest/gtest.h>

namespace tfjs {
namespace {

TEST(IsoDate, WritesWhatToISOStringWrites) {
  EXPECT_EQ(iso_date(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso_date(1795758739123), "2026-11-27T05:52:19.123Z");
  EXPECT_EQ(iso_date(951782399999), "2000-02-28T23:59:59.999Z");
  EXPECT_EQ(iso_date(951782400000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(iso_date(4107542400000), "2100-03-01T00:00:00.000Z");
  EXPECT_EQ(iso_date(-1), "1969-12-31T23:59:59.999Z");
}

TEST(IsoDate, KeepsToFourDigitYears) {
  EXPECT_EQ(iso_date(INT64_MIN), "0000-01-01T00:00:00.000Z");
  EXPECT_EQ(iso_date(INT64_MAX), "9999-12-31T23:59:59.999Z");
}

TEST(ParseIsoDate, ReadsWhatIsoDateWrites) {
  for (std::int64_t ms = -70000000000000; ms < 260000000000000; ms += 86399999999) {
    if (ms < -62167219200000 || ms > 253402300799999) continue;
    ASSERT_EQ(parse_iso_date(iso_date(ms)), ms);
  }
}

TEST(ParseIsoDate, RefusesOtherFormsAndDatesThatDoNotExist) {
  for (const char* text :
       {"", "2026-11-27", "2026-11-27T05:52:19Z", "2026-11-27 05:52:19.000Z",
        "2026-11-27T05:52:19.000+", "2026-13-01T00:00:00.000Z", "2026-02-29T00:00:00.000Z",
        "2026-02-00T00:00:00.000Z", "2026-02-01T24:00:00.000Z", "2026-02-01T00:60:00.000Z",
        "2O26-02-01T00:00:00.000Z"}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tfjs
