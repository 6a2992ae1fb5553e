#include "tfjs/io/internal/retry.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tfjs::io::internal {
namespace {

constexpr double kFirstDelay = 0.25;       // seconds
constexpr double kLongestDelay = 8;        // seconds
constexpr double kLongestRetryAfter = 30;  // seconds
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// The digits of `text` as a number; nothing when something else is in there.
std::optional<std::int64_t> digits(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + (c - '0');
  }
  return number;
}

/// Days since 1970-01-01 (the proleptic Gregorian calendar; H. Hinnant's "days from civil").
std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = year / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

/// RFC 9110's IMF-fixdate as seconds since 1970.
std::optional<std::int64_t> http_date(std::string_view text) {
  constexpr std::string_view kForm = "Ddd, 00 Mmm 0000 00:00:00 GMT";
  if (text.size() != kForm.size() || text.substr(25) != " GMT") return std::nullopt;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const auto day = digits(text.substr(5, 2));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  if (!day || !year || !hour || !minute || !second) return std::nullopt;
  const auto days = days_from_civil(*year, static_cast<std::int64_t>(month) / 3 + 1, *day);
  return ((days * 24 + *hour) * 60 + *minute) * 60 + *second;
}

}  // namespace

double Backoff::next(std::optional<double> retry_after_s) {
  const double full = std::min(kLongestDelay, std::ldexp(kFirstDelay, std::min(count_++, 16)));
  const double delay = full * std::uniform_real_distribution<double>(0.5, 1)(random_);
  if (!retry_after_s || *retry_after_s > kLongestRetryAfter) return delay;
  return std::max(delay, *retry_after_s);
}

std::optional<double> retry_after_s(std::string_view value, std::int64_t now_ms) {
  if (const auto seconds = digits(value)) return static_cast<double>(*seconds);
  const auto date = http_date(value);
  if (!date) return std::nullopt;
  return std::max(0.0, static_cast<double>(*date) - static_cast<double>(now_ms) / 1000);
}

}  // namespace tfjs::io::internal
