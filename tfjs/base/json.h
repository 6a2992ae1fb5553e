// JSON as JavaScript sees it: objects keep their key order (integer-like keys first, as in
// JavaScript), numbers are doubles, and write_json gives exactly the text of JSON.stringify. Read
// json_reader.cc for the limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tfjs {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  class Object;

  Json() = default;  ///< null
  Json(std::nullptr_t) {}
  Json(bool value);
  Json(double value);
  Json(int value) : Json(static_cast<double>(value)) {}
  Json(std::int64_t value) : Json(static_cast<double>(value)) {}
  Json(std::size_t value) : Json(static_cast<double>(value)) {}
  Json(const char* text);
  Json(std::string text);
  Json(std::string_view text);
  Json(Array values);
  Json(Object members);

  /// Json::object({{"a", 1}, {"b", nullptr}}), Json::array({1, 2})
  static Json object(std::vector<Member> members = {});
  static Json array(Array values = {}) { return Json(std::move(values)); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_number() const { return std::holds_alternative<double>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const;
  /// True for a number without fraction that an int64 holds exactly.
  bool is_integer() const;
  /// "null", "boolean", "number", "string", "array", "object": for messages.
  std::string_view type_name() const;

  // Checked access. `what` names the value in the message: "config of layer 'dense_1'".
  // Errors: CorruptData naming what, the expected and the present type.
  bool as_bool(std::string_view what) const;
  double as_number(std::string_view what) const;
  std::int64_t as_integer(std::string_view what) const;
  const std::string& as_string(std::string_view what) const;
  const Array& as_array(std::string_view what) const;
  Array& as_array(std::string_view what);
  const Object& as_object(std::string_view what) const;
  Object& as_object(std::string_view what);

  /// The member `key` of an object, or nullptr: absent, or this is not an object. A null member
  /// counts as present.
  const Json* find(std::string_view key) const;
  /// The member `key`. Errors: CorruptData naming `what` and the key.
  const Json& at(std::string_view key, std::string_view what) const;
  /// Sets or replaces a member; null becomes an empty object first.
  void set(std::string_view key, Json value);

  bool operator==(const Json& other) const;

 private:
  // Object is incomplete here; Boxed keeps a deep-copying pointer to it.
  struct Boxed {
    Boxed();
    explicit Boxed(Object object);
    Boxed(const Boxed& other);
    Boxed(Boxed&&) noexcept;
    Boxed& operator=(const Boxed& other);
    Boxed& operator=(Boxed&&) noexcept;
    ~Boxed();
    Object* object;
  };
  std::variant<std::monostate, bool, double, std::string, Array, Boxed> value_;
};

/// Members in JavaScript's order: integer-like keys ascending, then the others as first inserted.
class Json::Object {
 public:
  using iterator = std::vector<Member>::const_iterator;
  Object() = default;
  /// Brings the members into order; of equal keys the last value stands at the first one's place.
  /// O(n log n).
  explicit Object(std::vector<Member> members);

  iterator begin() const { return members_.begin(); }
  iterator end() const { return members_.end(); }
  std::size_t size() const { return members_.size(); }
  bool empty() const { return members_.empty(); }
  const Json* find(std::string_view key) const;
  Json* find(std::string_view key);
  void set(std::string_view key, Json value);
  bool erase(std::string_view key);
  bool operator==(const Object& other) const { return members_ == other.members_; }

 private:
  std::vector<Member> members_;
};

struct JsonLimits {
  int max_depth = 512;  ///< nested arrays and objects; more than 2048 counts as 2048
  std::size_t max_bytes = std::size_t{256} << 20;
};

/// Parses strict JSON (RFC 8259; a leading UTF-8 byte order mark is skipped).
/// `what` names the text in messages (a file or URL).
/// Errors: CorruptData with line, column and cause. Depth is bounded; no recursion on hostile
/// input.
Json parse_json(std::string_view text, std::string_view what, const JsonLimits& limits = {});

/// The text JSON.stringify(value) gives: no spaces, shortest numbers, -0 as 0, non-finite as null.
std::string write_json(const Json& value);

/// The number as JavaScript's Number.prototype.toString() prints it: 1e-7, 0.001, 1, 1e+21.
std::string number_text(double value);

}  // namespace tfjs
