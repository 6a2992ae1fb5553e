// Civil dates and day numbers by Howard Hinnant's formulas: years that start in March, in eras of
// 400 years.
#include "tfjs/base/iso_date.h"

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

constexpr std::int64_t kMsPerDay = 86400000;
constexpr std::int64_t kMostMs = 8640000000000000;
constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kDaysToEpoch = 719468;  // from 0000-03-01 to 1970-01-01

struct CivilDate {
  std::int64_t year = 0;
  std::int64_t month = 1;
  std::int64_t day = 1;
};

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return (a >= 0 ? a : a - b + 1) / b;
}

std::int64_t days_of(const CivilDate& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysToEpoch;
}

CivilDate date_of(std::int64_t days) {
  days += kDaysToEpoch;
  const std::int64_t era = floor_divide(days, kDaysPerEra);
  const std::int64_t day_of_era = days - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

std::string digits(std::int64_t value, std::size_t width) {
  const std::string text = cat(value);
  return cat(std::string(width > text.size() ? width - text.size() : 0, '0'), text);
}

/// Takes parts off the front of a text; any mismatch spoils all that follows.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { is_good_ = take(c) && is_good_; }
  std::int64_t number(std::size_t width) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') {
        is_good_ = false;
        return 0;
      }
      value = value * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }
  bool is_done() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace

std::string iso_date(std::int64_t milliseconds) {
  if (milliseconds < -kMostMs || milliseconds > kMostMs) {
    throw invalid_argument("a date must be within 8.64e15 ms of 1970, got ", milliseconds);
  }
  const std::int64_t days = floor_divide(milliseconds, kMsPerDay);
  const std::int64_t ms = milliseconds - days * kMsPerDay;
  const CivilDate date = date_of(days);
  std::string year = digits(date.year, 4);
  if (date.year < 0) year = cat('-', digits(-date.year, 6));
  if (date.year > 9999) year = cat('+', digits(date.year, 6));
  return cat(year, '-', digits(date.month, 2), '-', digits(date.day, 2), 'T',
             digits(ms / 3600000, 2), ':', digits(ms / 60000 % 60, 2), ':',
             digits(ms / 1000 % 60, 2), '.', digits(ms % 1000, 3), 'Z');
}

std::optional<std::int64_t> parse_iso_date(std::string_view text) {
  DateReader reader(text);
  CivilDate date;
  if (reader.take('-')) {
    date.year = -reader.number(6);
  } else if (reader.take('+')) {
    date.year = reader.number(6);
  } else {
    date.year = reader.number(4);
  }
  reader.expect('-');
  date.month = reader.number(2);
  reader.expect('-');
  date.day = reader.number(2);
  reader.expect('T');
  std::int64_t ms = reader.number(2) * 3600000;
  reader.expect(':');
  ms += reader.number(2) * 60000;
  reader.expect(':');
  ms += reader.number(2) * 1000;
  reader.expect('.');
  ms += reader.number(3);
  reader.expect('Z');
  if (!reader.is_done() || date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
  const std::int64_t milliseconds = days_of(date) * kMsPerDay + ms;
  // Writing it again shows 30 February, the hour 25 and a sign that should not be there.
  if (milliseconds < -kMostMs || milliseconds > kMostMs || iso_date(milliseconds) != text) {
    return std::nullopt;
  }
  return milliseconds;
}

}  // namespace tfjs
