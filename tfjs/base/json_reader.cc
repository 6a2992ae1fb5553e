// Strict JSON (RFC 8259) in one pass without recursion: a stack holds the arrays and objects that
// are still open. Limits: JsonLimits, and 2048 levels at most, because copying, comparing and
// destroying a Json do recurse.
//
// Text is UTF-8; anything else is an error. Escapes may name lone surrogates, as JavaScript strings
// may hold them; they are kept as three bytes each (WTF-8) and written back as escapes.
#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/base/json.h"
#include "tfjs/base/number_text.h"
#include "tfjs/base/utf8.h"

namespace tfjs {
namespace {

constexpr int kDeepest = 2048;

bool is_high_surrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDBFF;
}
bool is_low_surrogate(char32_t c) {
  return c >= 0xDC00 && c <= 0xDFFF;
}

class JsonReader {
 public:
  JsonReader(std::string_view text, std::string_view what, const JsonLimits& limits)
      : text_(text), what_(what), deepest_(std::min(limits.max_depth, kDeepest)) {}

  Json read() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    for (;;) {
      Json value;
      if (!read_value(value)) continue;  // a container was opened: its first value is next
      // Hand the value to the container it belongs to, and close what ends here.
      for (;;) {
        if (open_.empty()) return finish(std::move(value));
        add(std::move(value));
        if (!close_if_ended(value)) break;
      }
    }
  }

 private:
  /// An array or object whose end has not come yet.
  struct Open {
    bool is_object = false;
    Json::Array values;
    std::vector<Json::Member>
        members;  ///< the last one has its key but not its value while that is read
  };

  Json finish(Json value) {
    skip_space();
    if (at_ < text_.size()) fail("unexpected text after the value");
    return value;
  }

  /// Reads a value that ends here (true), or opens a container that has at least one value (false).
  bool read_value(Json& value) {
    skip_space();
    if (at_ == text_.size()) fail("the text ends where a value was expected");
    switch (text_[at_]) {
      case '{':
        return !open_container(true, value);
      case '[':
        return !open_container(false, value);
      case '"':
        value = Json(read_string());
        return true;
      case 't':
        read_word("true");
        value = Json(true);
        return true;
      case 'f':
        read_word("false");
        value = Json(false);
        return true;
      case 'n':
        read_word("null");
        value = Json();
        return true;
      default:
        value = Json(read_number());
        return true;
    }
  }

  /// False when the container is empty and complete: then `value` is it.
  bool open_container(bool is_object, Json& value) {
    if (static_cast<int>(open_.size()) >= deepest_) {
      fail(cat("nested deeper than ", deepest_, " levels"));
    }
    ++at_;
    skip_space();
    if (next_is(is_object ? '}' : ']')) {
      ++at_;
      value = is_object ? Json::object() : Json::array();
      return false;
    }
    open_.emplace_back();
    open_.back().is_object = is_object;
    if (is_object) read_key();
    return true;
  }

  void read_key() {
    skip_space();
    if (!next_is('"')) fail("expected a key in double quotes");
    open_.back().members.emplace_back(read_string(), Json());
    skip_space();
    if (!next_is(':')) fail("expected ':' after the key");
    ++at_;
  }

  void add(Json value) {
    Open& open = open_.back();
    if (open.is_object) {
      open.members.back().second = std::move(value);
    } else {
      open.values.push_back(std::move(value));
    }
  }

  /// After a value: either a comma (false), or the end of the container, which becomes `value`
  /// (true).
  bool close_if_ended(Json& value) {
    Open& open = open_.back();
    skip_space();
    if (next_is(',')) {
      ++at_;
      if (open.is_object) read_key();
      return false;
    }
    if (!next_is(open.is_object ? '}' : ']')) {
      fail(open.is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    }
    ++at_;
    value = open.is_object ? Json::object(std::move(open.members)) : Json(std::move(open.values));
    open_.pop_back();
    return true;
  }

  void read_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) fail("not a JSON value");
    at_ += word.size();
  }

  double read_number() {
    const std::size_t start = at_;
    std::size_t end = at_;
    while (end < text_.size() && is_number_character(text_[end])) ++end;
    const std::string_view token = text_.substr(start, end - start);
    if (token.empty()) fail("not a JSON value");
    const std::string_view digits = token.substr(token[0] == '-' ? 1 : 0);
    if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') {
      fail("a number must not start with 0");
    }
    const std::optional<double> value = parse_number(token);
    if (!value) fail(cat("not a number: ", quoted(token, 40)));
    at_ = end;
    return *value;
  }

  static bool is_number_character(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  }

  std::string read_string() {
    ++at_;
    std::string out;
    for (;;) {
      // Most of a string needs no attention: copy up to what does.
      const std::size_t start = at_;
      while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
      out.append(text_, start, at_ - start);
      if (at_ == text_.size()) fail("the text ends inside a string");
      const unsigned char c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') {
        ++at_;
        return out;
      }
      if (c == '\\') {
        read_escape(out);
      } else if (c < 0x20) {
        fail("a control character in a string must be escaped");
      } else {
        const CodePoint point = decode_utf8(text_.substr(at_));
        if (point.size == 0) fail("not UTF-8");
        out.append(text_, at_, point.size);
        at_ += point.size;
      }
    }
  }

  static bool is_plain(char c) {
    const unsigned char byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
  }

  void read_escape(std::string& out) {
    if (at_ + 1 == text_.size()) fail("the text ends inside a string");
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char name = text_[at_ + 1];
    const std::size_t known = kNames.find(name);
    if (known != std::string_view::npos) {
      out.push_back(kMeanings[known]);
      at_ += 2;
    } else if (name == 'u') {
      read_unicode_escape(out);
    } else {
      fail("unknown escape in a string");
    }
  }

  void read_unicode_escape(std::string& out) {
    char32_t value = read_four_hex();
    if (is_high_surrogate(value) && text_.substr(at_, 2) == "\\u") {
      const std::size_t after_first = at_;
      const char32_t second = read_four_hex();
      if (is_low_surrogate(second)) {
        value = 0x10000 + ((value - 0xD800) << 10) + (second - 0xDC00);
      } else {
        at_ = after_first;
      }
    }
    append_utf8(out, value);
  }

  /// The value of the \uXXXX at the current place.
  char32_t read_four_hex() {
    char32_t value = 0;
    for (std::size_t i = at_ + 2; i < at_ + 6; ++i) {
      const char c = i < text_.size() ? text_[i] : '\0';
      value <<= 4;
      if (c >= '0' && c <= '9') {
        value |= static_cast<char32_t>(c - '0');
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        value |= static_cast<char32_t>((c | 0x20) - 'a' + 10);
      } else {
        fail("\\u wants four hexadecimal digits");
      }
    }
    at_ += 6;
    return value;
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  /// Line and column count from 1, columns in bytes.
  [[noreturn]] void fail(std::string_view cause) const {
    std::size_t line = 1, line_start = 0;
    for (std::size_t i = 0; i < at_; ++i) {
      if (text_[i] == '\n') ++line, line_start = i + 1;
    }
    throw corrupt_data(what_, ": not valid JSON at line ", line, ", column ", at_ - line_start + 1,
                       ": ", cause);
  }

  std::string_view text_;
  std::string_view what_;
  int deepest_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
};

}  // namespace

Json parse_json(std::string_view text, std::string_view what, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    throw corrupt_data(what, ": JSON of ", text.size(), " bytes is larger than the limit of ",
                       limits.max_bytes);
  }
  return JsonReader(text, what, limits).read();
}

}  // namespace tfjs
