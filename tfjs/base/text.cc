#include "tfjs/base/text.h"

#include "tfjs/base/number_text.h"
#include "tfjs/base/utf8.h"

namespace tfjs {
namespace {

/// Characters that could move a terminal's cursor or reorder what is read.
bool is_unsafe_to_show(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out.push_back("0123456789abcdef"[(value >> shift) & 0xF]);
  }
}

void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case '\n':
      out.append("\\n");
      break;
    case '\r':
      out.append("\\r");
      break;
    case '\t':
      out.append("\\t");
      break;
    default:
      out.append(c < 0x100 ? "\\x" : "\\u");
      append_hex(out, c, c < 0x100 ? 2 : 4);
  }
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out.append(text);
}
void append_text(std::string& out, bool value) {
  out.append(value ? "true" : "false");
}
void append_text(std::string& out, double value) {
  append_number(out, value);
}
void append_text(std::string& out, std::int64_t value) {
  out.append(std::to_string(value));
}
void append_text(std::string& out, std::uint64_t value) {
  out.append(std::to_string(value));
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out.append(separator);
    out.append(parts[i]);
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t most) {
  std::string out = "'";
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    std::string piece;
    if (point.size == 0) {
      piece = "\\x";
      append_hex(piece, static_cast<unsigned char>(text[0]), 2);
    } else if (is_unsafe_to_show(point.value)) {
      append_escaped(piece, point.value);
    } else {
      piece = text.substr(0, point.size);
    }
    if (out.size() - 1 + piece.size() > most) {
      out.append("...");
      break;
    }
    out.append(piece);
    text.remove_prefix(point.size == 0 ? 1 : point.size);
  }
  out.push_back('\'');
  return out;
}

}  // namespace tfjs
