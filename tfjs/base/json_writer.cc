// JSON.stringify, with a stack of open containers in place of recursion.
#include <cmath>

#include "tfjs/base/json.h"
#include "tfjs/base/number_text.h"
#include "tfjs/base/utf8.h"

namespace tfjs {
namespace {

void append_u_escape(std::string& out, char32_t value) {
  out.append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4)
    out.push_back("0123456789abcdef"[(value >> shift) & 0xF]);
}

void append_ascii(std::string& out, char c) {
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  const std::size_t escaped = kEscaped.find(c);
  if (escaped != std::string_view::npos) {
    out.push_back('\\');
    out.push_back(kNames[escaped]);
  } else if (static_cast<unsigned char>(c) < 0x20) {
    append_u_escape(out, static_cast<unsigned char>(c));
  } else {
    out.push_back(c);
  }
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text, Surrogates::Allow);
    if (point.size == 0) {
      append_utf8(out, 0xFFFD);  // what JavaScript makes of bytes that are no UTF-8
    } else if (point.size == 1) {
      append_ascii(out, text[0]);
    } else if (point.value >= 0xD800 && point.value <= 0xDFFF) {
      append_u_escape(out, point.value);
    } else {
      out.append(text, 0, point.size);
    }
    text.remove_prefix(point.size == 0 ? 1 : point.size);
  }
  out.push_back('"');
}

/// A container of which some members are written.
struct Open {
  const Json::Array* array = nullptr;
  const Json::Object* object = nullptr;
  std::size_t next = 0;
};

void append_number_or_null(std::string& out, double value) {
  if (std::isfinite(value)) {
    append_number(out, value);
  } else {
    out.append("null");
  }
}

/// Writes a value that holds no others, or opens it.
void begin(std::string& out, const Json& value, std::vector<Open>& open) {
  if (value.is_array()) {
    out.push_back('[');
    open.push_back({.array = &value.as_array("")});
  } else if (value.is_object()) {
    out.push_back('{');
    open.push_back({.object = &value.as_object("")});
  } else if (value.is_string()) {
    append_string(out, value.as_string(""));
  } else if (value.is_number()) {
    append_number_or_null(out, value.as_number(""));
  } else if (value.is_bool()) {
    out.append(value.as_bool("") ? "true" : "false");
  } else {
    out.append("null");
  }
}

}  // namespace

std::string write_json(const Json& value) {
  std::string out;
  std::vector<Open> open;
  begin(out, value, open);
  while (!open.empty()) {
    Open& top = open.back();
    const std::size_t count = top.array ? top.array->size() : top.object->size();
    if (top.next == count) {
      out.push_back(top.array ? ']' : '}');
      open.pop_back();
      continue;
    }
    const std::size_t i = top.next++;
    if (i > 0) out.push_back(',');
    if (top.array) {
      begin(out, (*top.array)[i], open);
    } else {
      const Json::Member& member = top.object->begin()[static_cast<std::ptrdiff_t>(i)];
      append_string(out, member.first);
      out.push_back(':');
      begin(out, member.second, open);
    }
  }
  return out;
}

}  // namespace tfjs
