// Dates as JavaScript writes them: Date.prototype.toISOString() and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tfjs {

/// "2026-11-27T05:52:19.000Z" from milliseconds since 1970-01-01T00:00:00Z (years 0 to 9999; others
/// are written with the nearest of them).
std::string iso_date(std::int64_t milliseconds);

/// The reverse; nothing when `text` is not exactly of that form or names no date.
std::optional<std::int64_t> parse_iso_date(std::string_view text);

}  // namespace tfjs
