// Joins values into text: cat("needs ", 4, " bytes"). Types add themselves with an append_text
// overload in their own namespace. Numbers print as JavaScript prints them.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tfjs {

void append_text(std::string& out, std::string_view text);
void append_text(std::string& out, bool value);
void append_text(std::string& out, double value);
void append_text(std::string& out, std::int64_t value);
void append_text(std::string& out, std::uint64_t value);
inline void append_text(std::string& out, char value) {
  out.push_back(value);
}
inline void append_text(std::string& out, const char* text) {
  out.append(text);
}
inline void append_text(std::string& out, float value) {
  append_text(out, static_cast<double>(value));
}

template <std::integral T>
void append_text(std::string& out, T value) {
  if constexpr (std::is_signed_v<T>) {
    append_text(out, static_cast<std::int64_t>(value));
  } else {
    append_text(out, static_cast<std::uint64_t>(value));
  }
}

/// "[1, 2, 3]"
template <class T>
void append_text(std::string& out, const std::vector<T>& values) {
  out.push_back('[');
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out.append(", ");
    append_text(out, values[i]);
  }
  out.push_back(']');
}

/// All parts as one text.
template <class... Parts>
std::string cat(const Parts&... parts) {
  std::string out;
  (append_text(out, parts), ...);
  return out;
}

/// `parts` with `separator` between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// `text` in single quotes, control characters and invalid UTF-8 escaped, at most `most` bytes:
/// safe to show.
std::string quoted(std::string_view text, std::size_t most = 120);

}  // namespace tfjs
