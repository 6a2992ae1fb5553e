// ECMAScript's Number::toString: take the shortest decimal digits that read back as the same
// double, the nearest if there are several, and lay them out as 0.001, 120, 1e-7 or 1.5e+21
// depending on the exponent.
//
// Where the standard library has no shortest conversion the digits are searched for: print with 1,
// 2, ... 17 digits until the text reads back equal. One subtlety: below a power of two doubles lie
// twice as close as above it, so the n-digit number nearest to it may read back as a neighbour
// while the next one up reads back equal (2^-44 is 5.684341886080802e-14, although ...801e-14 is
// nearer).
#include "tfjs/base/number_text.h"

#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <version>

#include "tfjs/base/ascii.h"
#include "tfjs/base/json.h"

namespace tfjs {
namespace internal {
namespace {

/// The digits and exponent of what printf's %e or to_chars wrote: "5.68e-14". Any one byte serves
/// as the point.
Decimal read_scientific(std::string_view text) {
  const std::size_t e = text.find('e');
  Decimal out;
  for (char c : text.substr(0, e)) {
    if (is_digit(c)) out.digits.push_back(c);
  }
  while (out.digits.size() > 1 && out.digits.back() == '0') out.digits.pop_back();
  const bool negative = text[e + 1] == '-';
  int exponent = 0;
  for (char c : text.substr(e + 2)) exponent = 10 * exponent + (c - '0');
  out.exponent = (negative ? -exponent : exponent) + 1;
  return out;
}

double value_of(const Decimal& decimal) {
  return parse_by_strtod("0." + decimal.digits + "e" + std::to_string(decimal.exponent));
}

/// The next larger number with as many digits as `count`.
Decimal next_up(Decimal decimal, int count) {
  decimal.digits.resize(count, '0');
  int i = count - 1;
  while (i >= 0 && decimal.digits[i] == '9') decimal.digits[i--] = '0';
  if (i >= 0) {
    ++decimal.digits[i];
  } else {
    decimal.digits.insert(decimal.digits.begin(), '1');
    ++decimal.exponent;
  }
  while (decimal.digits.size() > 1 && decimal.digits.back() == '0') decimal.digits.pop_back();
  return decimal;
}

}  // namespace

Decimal shortest_decimal_by_search(double value) {
  int exponent = 0;
  const bool is_power_of_two = std::frexp(value, &exponent) == 0.5;
  for (int count = 1;; ++count) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.*e", count - 1, value);
    const Decimal nearest = read_scientific(buffer);
    if (count == 17 || value_of(nearest) == value) return nearest;
    if (is_power_of_two) {
      const Decimal above = next_up(nearest, count);
      if (value_of(above) == value) return above;
    }
  }
}

Decimal shortest_decimal(double value) {
#ifdef __cpp_lib_to_chars
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  return read_scientific({buffer, static_cast<std::size_t>(end - buffer)});
#else
  return shortest_decimal_by_search(value);
#endif
}

double parse_by_strtod(std::string_view text) {
  // strtod wants the locale's decimal point and a terminated text.
  std::string copy(text);
  const std::size_t point = copy.find('.');
  if (point != std::string::npos) copy.replace(point, 1, std::localeconv()->decimal_point);
  return std::strtod(copy.c_str(), nullptr);
}

}  // namespace internal

namespace {

bool has_number_form(std::string_view text) {
  std::size_t i = 0;
  const auto skip_digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i > start;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (!skip_digits()) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!skip_digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!skip_digits()) return false;
  }
  return i == text.size();
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (!has_number_form(text)) return std::nullopt;
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc()) return value;
#endif
  return internal::parse_by_strtod(
      text);  // out of range: only strtod says whether infinity or zero
}

void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out.append("NaN");
    return;
  }
  if (value == 0) {
    out.push_back('0');
    return;
  }
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  if (std::isinf(value)) {
    out.append("Infinity");
    return;
  }
  if (value < 1e15 &&
      value == std::floor(value)) {  // every integer below 2^53 is its own shortest text
    out.append(std::to_string(static_cast<std::int64_t>(value)));
    return;
  }
  const internal::Decimal decimal = internal::shortest_decimal(value);
  const std::string& digits = decimal.digits;
  const int count = static_cast<int>(digits.size());
  const int n = decimal.exponent;
  if (count <= n && n <= 21) {
    out.append(digits).append(n - count, '0');
  } else if (0 < n && n <= 21) {
    out.append(digits, 0, n).append(".").append(digits, n);
  } else if (-6 < n && n <= 0) {
    out.append("0.").append(-n, '0').append(digits);
  } else {
    out.push_back(digits[0]);
    if (count > 1) out.append(".").append(digits, 1);
    out.append(n > 0 ? "e+" : "e-").append(std::to_string(std::abs(n - 1)));
  }
}

std::string number_text(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

}  // namespace tfjs
