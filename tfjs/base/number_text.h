// Numbers to text and back as JavaScript does it, whatever the C locale says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tfjs {

/// Appends number_text(value) of tfjs/base/json.h.
void append_number(std::string& out, double value);

/// The double nearest to a decimal number like "-12.5e-3" (digits, optional fraction, optional
/// exponent); beyond the range of doubles infinity or zero. Nothing when `text` has any other form.
std::optional<double> parse_number(std::string_view text);

namespace internal {

/// A positive finite number is 0.d1d2d3... * 10^exponent.
struct Decimal {
  std::string digits;  ///< as few as read back equal, no zero at either end
  int exponent = 0;
};

// The two ways to the same answer: with and without the standard library's to_chars and from_chars.
Decimal shortest_decimal(double value);
Decimal shortest_decimal_by_search(double value);
double parse_by_strtod(std::string_view text);

}  // namespace internal
}  // namespace tfjs
