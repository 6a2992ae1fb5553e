#include "tfjs/io/internal/npy_header.h"

#include <set>
#include <utility>
#include <vector>

#include "tfjs/base/ascii.h"
#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"

namespace tfjs::io::internal {

namespace {

constexpr std::size_t kMaxRank = 64;  // NumPy's own

/// A cursor over the literal.
class LiteralReader {
 public:
  LiteralReader(std::string_view text, const std::string& what) : rest_(text), what_(what) {}

  [[noreturn]] void fail(std::string_view expected) const {
    throw corrupt_data(what_, ": npy header: expected ", expected, ", found ",
                       rest_.empty() ? "its end" : quoted(rest_, 40));
  }

  void skip_space() {
    while (!rest_.empty() &&
           (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r')) {
      rest_.remove_prefix(1);
    }
  }

  bool accept(std::string_view token) {
    skip_space();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) fail(quoted(token));
  }

  bool is_next(char c) {
    skip_space();
    return !rest_.empty() && rest_[0] == c;
  }

  bool is_at_end() {
    skip_space();
    return rest_.empty();
  }

  std::string_view read_string() {
    skip_space();
    if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) fail("a quoted text");
    const std::size_t end = rest_.find(rest_[0], 1);
    if (end == std::string_view::npos) fail("a quoted text that ends");
    const std::string_view text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return text;
  }

  bool read_bool() {
    if (accept("True")) return true;
    if (accept("False")) return false;
    fail("True or False");
  }

  std::int64_t read_integer() {
    skip_space();
    if (rest_.empty() || !is_digit(rest_[0])) fail("an integer of 0 or more");
    std::int64_t value = 0;
    while (!rest_.empty() && is_digit(rest_[0])) {
      const auto tenfold = checked_multiply(value, 10);
      const auto next = tenfold ? checked_add(*tenfold, rest_[0] - '0') : std::nullopt;
      if (!next) fail("an integer of 64 bits");
      value = *next;
      rest_.remove_prefix(1);
    }
    accept("L");  // Python 2 wrote long integers so
    return value;
  }

  Shape read_shape() {
    std::vector<std::int64_t> dims;
    expect("(");
    while (!accept(")")) {
      if (dims.size() == kMaxRank) fail(cat("at most ", kMaxRank, " dimensions"));
      dims.push_back(read_integer());
      if (!accept(",")) {
        expect(")");
        break;
      }
    }
    return Shape(std::move(dims));
  }

 private:
  std::string_view rest_;
  const std::string& what_;
};

void parse_descr(std::string_view descr, const std::string& what, NpyHeader& header) {
  const auto refuse = [&] {
    throw unsupported(what, ": npy dtype ", quoted(descr),
                      " is not supported; numbers of up to 64 bits, bool and complex64 are");
  };
  std::string_view rest = descr;
  if (!rest.empty() && std::string_view("<>=|").find(rest[0]) != std::string_view::npos) {
    header.byte_order = rest[0];
    rest.remove_prefix(1);
  }
  if (rest.size() != 2 || !is_digit(rest[1])) refuse();
  header.kind = rest[0];
  header.item_size = rest[1] - '0';
  static const std::set<std::string_view> kKnown = {"f2", "f4", "f8", "i1", "i2", "i4", "i8",
                                                    "u1", "u2", "u4", "u8", "b1", "c8"};
  if (!kKnown.contains(rest)) refuse();
}

}  // namespace

NpyHeader parse_npy_header(std::string_view text, const std::string& what) {
  LiteralReader reader(text, what);
  NpyHeader header;
  std::set<std::string_view> seen;
  reader.expect("{");
  while (!reader.accept("}")) {
    const std::string_view key = reader.read_string();
    reader.expect(":");
    if (!seen.insert(key).second) {
      throw corrupt_data(what, ": npy header: ", quoted(key), " comes twice");
    }
    if (key == "descr") {
      if (reader.is_next('[')) {
        throw unsupported(what, ": npy files of records are not supported, only of numbers");
      }
      parse_descr(reader.read_string(), what, header);
    } else if (key == "fortran_order") {
      header.is_fortran_order = reader.read_bool();
    } else if (key == "shape") {
      header.shape = reader.read_shape();
    } else {
      throw corrupt_data(what, ": npy header: unknown key ", quoted(key));
    }
    if (!reader.accept(",")) {
      reader.expect("}");
      break;
    }
  }
  if (!reader.is_at_end()) reader.fail("its end");
  for (std::string_view key : {"descr", "fortran_order", "shape"}) {
    if (!seen.contains(key)) throw corrupt_data(what, ": npy header has no ", quoted(key));
  }
  return header;
}

}  // namespace tfjs::io::internal
