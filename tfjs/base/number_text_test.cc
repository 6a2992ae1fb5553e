#include "tfjs/base/number_text.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include "tfjs/base/bit_cast.h"
#include "tfjs/base/json.h"

namespace tfjs {
namespace {

#include "tfjs/base/testdata/javascript_cases.inc"

TEST(NumberText, PrintsAsJavaScriptDoes) {
  for (const NumberCase& c : kNumbers) {
    const double value = bit_cast<double>(c.bits);
    EXPECT_EQ(number_text(value), c.text);
    EXPECT_EQ(number_text(-value), std::string("-") + c.text);
  }
}

TEST(NumberText, FindsTheSameDigitsWithoutTheStandardLibrary) {
  for (const NumberCase& c : kNumbers) {
    const double value = bit_cast<double>(c.bits);
    const internal::Decimal expected = internal::shortest_decimal(value);
    const internal::Decimal searched = internal::shortest_decimal_by_search(value);
    EXPECT_EQ(searched.digits, expected.digits) << c.text;
    EXPECT_EQ(searched.exponent, expected.exponent) << c.text;
  }
}

TEST(NumberText, FindsTheSameDigitsForEveryPowerOfTwo) {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double value = std::ldexp(1.0, exponent);
    EXPECT_EQ(internal::shortest_decimal_by_search(value).digits,
              internal::shortest_decimal(value).digits)
        << "2^" << exponent;
  }
}

TEST(NumberText, PrintsWhatIsNoNumberAndZeroWithoutSign) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_EQ(number_text(-0.0), "0");
}

TEST(ParseNumber, ReadsBackWhatWasPrinted) {
  for (const NumberCase& c : kNumbers) {
    const double value = bit_cast<double>(c.bits);
    EXPECT_EQ(parse_number(c.text), value) << c.text;
    EXPECT_EQ(internal::parse_by_strtod(c.text), value) << c.text;
  }
}

TEST(ParseNumber, GivesInfinityOrZeroBeyondTheRange) {
  EXPECT_EQ(parse_number("1e999"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_number("-1e999"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_number("1e-999"), 0.0);
}

TEST(ParseNumber, RefusesOtherForms) {
  for (const char* text :
       {"", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "inf", "nan", " 1", "1 ", "1,5"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(NumberText, IgnoresTheLocale) {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  if (!std::setlocale(LC_NUMERIC, "de_DE.UTF-8") && !std::setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
    GTEST_SKIP() << "no locale with a decimal comma is installed";
  }
  const std::string printed = number_text(1234.5);
  const internal::Decimal searched = internal::shortest_decimal_by_search(1234.5);
  const double parsed = internal::parse_by_strtod("1234.5");
  std::setlocale(LC_NUMERIC, before.c_str());
  EXPECT_EQ(printed, "1234.5");
  EXPECT_EQ(searched.digits, "12345");
  EXPECT_EQ(parsed, 1234.5);
}

}  // namespace
}  // namespace tfjs
