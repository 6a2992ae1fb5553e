// Reading UTF-8 one code point at a time. Surrogates are let through on request: text that came
// from JavaScript may hold lone ones (WTF-8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tfjs {

enum class Surrogates { Refuse, Allow };

struct CodePoint {
  char32_t value = 0;
  int size = 0;  ///< bytes taken; 0 when they are not UTF-8
};

/// The code point at the start of `text`, which is not empty. Overlong forms and values past
/// U+10FFFF are refused.
CodePoint decode_utf8(std::string_view text, Surrogates surrogates = Surrogates::Refuse);

/// Appends `value` in UTF-8, surrogates included.
void append_utf8(std::string& out, char32_t value);

/// True when all of `text` is UTF-8 without surrogates.
bool is_utf8(std::string_view text);

}  // namespace tfjs
