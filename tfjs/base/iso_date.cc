// The days of a date are counted from 1 March of year 0, so that the leap day ends a year: then the
// months' lengths follow one formula, and centuries and eras of 400 years are plain divisions.
#include "tfjs/base/iso_date.h"

#include <algorithm>
#include <cstdio>

namespace tfjs {

namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::int64_t kDaysTo1970 = 719468;        // from 0000-03-01
constexpr std::int64_t kDaysOfEra = 146097;         // 400 years
constexpr std::int64_t kFirstMs = -62167219200000;  // 0000-01-01T00:00:00.000Z
constexpr std::int64_t kLastMs = 253402300799999;   // 9999-12-31T23:59:59.999Z

struct Date {
  std::int64_t year = 0;
  std::int64_t month = 1;  ///< 1 to 12
  std::int64_t day = 1;    ///< 1 to 31
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

Date date_of(std::int64_t days_since_1970) {
  const std::int64_t days = days_since_1970 + kDaysTo1970;
  const std::int64_t era = floor_div(days, kDaysOfEra);
  const std::int64_t day_of_era = days - era * kDaysOfEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2), month,
          day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

std::int64_t days_of(const Date& date) {
  const std::int64_t year = date.year - (date.month <= 2);
  const std::int64_t era = floor_div(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysOfEra + day_of_era - kDaysTo1970;
}

}  // namespace

std::string iso_date(std::int64_t milliseconds) {
  const std::int64_t ms = std::clamp(milliseconds, kFirstMs, kLastMs);
  const std::int64_t days = floor_div(ms, kDayMs);
  const Date date = date_of(days);
  const std::int64_t in_day = ms - days * kDayMs;
  char text[96];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year), static_cast<int>(date.month),
                static_cast<int>(date.day), static_cast<int>(in_day / 3600000),
                static_cast<int>(in_day / 60000 % 60), static_cast<int>(in_day / 1000 % 60),
                static_cast<int>(in_day % 1000));
  return text;
}

std::optional<std::int64_t> parse_iso_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd.dddZ";
  if (text.size() != kForm.size()) return std::nullopt;
  std::int64_t numbers[7] = {};  // year, month, day, hour, minute, second, millisecond
  int number = 0;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] != 'd') {
      if (text[i] != kForm[i]) return std::nullopt;
      ++number;
    } else {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      numbers[number] = numbers[number] * 10 + (text[i] - '0');
    }
  }
  const Date date{numbers[0], numbers[1], numbers[2]};
  if (date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
  const std::int64_t ms = ((days_of(date) * 24 + numbers[3]) * 60 + numbers[4]) * 60000 +
                          numbers[5] * 1000 + numbers[6];
  // A day or an hour that does not exist comes back as another.
  if (iso_date(ms) != text) return std::nullopt;
  return ms;
}

}  // namespace tfjs
