// Dates as JSON has them: the text of JavaScript's Date.prototype.toISOString().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tfjs {

/// "2026-03-01T09:05:00.000Z" for milliseconds since 1970 UTC. Years outside 0 to 9999 have a sign
/// and six digits. Errors: InvalidArgument beyond the 8.64e15 ms around 1970 that JavaScript has.
std::string iso_date(std::int64_t milliseconds);

/// Reads exactly what iso_date() writes; nothing for any other text.
std::optional<std::int64_t> parse_iso_date(std::string_view text);

}  // namespace tfjs
