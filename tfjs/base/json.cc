#include "tfjs/base/json.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

constexpr std::size_t kSortedFrom = 16;  // fewer members are found faster by looking at each

/// The number of a key that JavaScript sorts by value: "0", "17", up to "4294967294", without
/// leading zeros.
std::optional<std::uint32_t> array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key.size() > 1 && key[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : key) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > 4294967294u) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

/// True when `a` stands before `b` whatever was inserted first.
bool goes_before(std::string_view a, std::string_view b) {
  const auto index_a = array_index(a);
  if (!index_a) return false;
  const auto index_b = array_index(b);
  return !index_b || *index_a < *index_b;
}

/// True when the keys are all different and none has a place of its own.
bool is_in_order(const std::vector<Json::Member>& members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (array_index(members[i].first)) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (members[j].first == members[i].first) return false;
    }
  }
  return true;
}

[[noreturn]] void wrong_type(std::string_view what, std::string_view expected, const Json& found) {
  throw corrupt_data(what, " must be ", expected, ", got ", found.type_name());
}

}  // namespace

// --- Json::Boxed ---

Json::Boxed::Boxed() : object(new Object) {}
Json::Boxed::Boxed(Object value) : object(new Object(std::move(value))) {}
Json::Boxed::Boxed(const Boxed& other) : object(new Object(*other.object)) {}
Json::Boxed::Boxed(Boxed&& other) noexcept : object(std::exchange(other.object, nullptr)) {}
Json::Boxed& Json::Boxed::operator=(const Boxed& other) {
  if (this != &other) *this = Boxed(other);
  return *this;
}
Json::Boxed& Json::Boxed::operator=(Boxed&& other) noexcept {
  std::swap(object, other.object);
  return *this;
}
Json::Boxed::~Boxed() {
  delete object;
}

// --- Json ---

Json::Json(bool value) : value_(value) {}
Json::Json(double value) : value_(value) {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string text) : value_(std::move(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(Array values) : value_(std::move(values)) {}
Json::Json(Object members) : value_(Boxed(std::move(members))) {}

Json Json::object(std::vector<Member> members) {
  return Json(Object(std::move(members)));
}

bool Json::is_object() const {
  return std::holds_alternative<Boxed>(value_);
}

bool Json::is_integer() const {
  const double* number = std::get_if<double>(&value_);
  // 2^63 is a double, 2^63 - 1 is not.
  return number && *number >= -0x1p63 && *number < 0x1p63 && *number == std::floor(*number);
}

std::string_view Json::type_name() const {
  constexpr std::string_view kNames[] = {"null", "boolean", "number", "string", "array", "object"};
  return kNames[value_.index()];
}

bool Json::as_bool(std::string_view what) const {
  if (!is_bool()) wrong_type(what, "a boolean", *this);
  return std::get<bool>(value_);
}

double Json::as_number(std::string_view what) const {
  if (!is_number()) wrong_type(what, "a number", *this);
  return std::get<double>(value_);
}

std::int64_t Json::as_integer(std::string_view what) const {
  if (!is_number()) wrong_type(what, "an integer", *this);
  if (!is_integer())
    throw corrupt_data(what, " must be an integer, got ", std::get<double>(value_));
  return static_cast<std::int64_t>(std::get<double>(value_));
}

const std::string& Json::as_string(std::string_view what) const {
  if (!is_string()) wrong_type(what, "a string", *this);
  return std::get<std::string>(value_);
}

const Json::Array& Json::as_array(std::string_view what) const {
  if (!is_array()) wrong_type(what, "an array", *this);
  return std::get<Array>(value_);
}

Json::Array& Json::as_array(std::string_view what) {
  if (!is_array()) wrong_type(what, "an array", *this);
  return std::get<Array>(value_);
}

const Json::Object& Json::as_object(std::string_view what) const {
  if (!is_object()) wrong_type(what, "an object", *this);
  return *std::get<Boxed>(value_).object;
}

Json::Object& Json::as_object(std::string_view what) {
  if (!is_object()) wrong_type(what, "an object", *this);
  return *std::get<Boxed>(value_).object;
}

const Json* Json::find(std::string_view key) const {
  const Boxed* boxed = std::get_if<Boxed>(&value_);
  return boxed ? std::as_const(*boxed->object).find(key) : nullptr;
}

const Json& Json::at(std::string_view key, std::string_view what) const {
  if (!is_object()) wrong_type(what, "an object", *this);
  const Json* found = find(key);
  if (!found) throw corrupt_data(what, " has no ", quoted(key));
  return *found;
}

void Json::set(std::string_view key, Json value) {
  if (is_null()) value_.emplace<Boxed>();
  as_object("a Json value that gets a member").set(key, std::move(value));
}

bool Json::operator==(const Json& other) const {
  if (value_.index() != other.value_.index()) return false;
  if (is_null()) return true;
  if (is_bool()) return std::get<bool>(value_) == std::get<bool>(other.value_);
  if (is_number()) return std::get<double>(value_) == std::get<double>(other.value_);
  if (is_string()) return std::get<std::string>(value_) == std::get<std::string>(other.value_);
  if (is_array()) return std::get<Array>(value_) == std::get<Array>(other.value_);
  return *std::get<Boxed>(value_).object == *std::get<Boxed>(other.value_).object;
}

// --- Json::Object ---

Json::Object::Object(std::vector<Member> members) {
  // The last value wins, at the place where its key came first.
  if (members.size() < kSortedFrom) {
    if (is_in_order(members)) {
      members_ = std::move(members);
      return;
    }
    for (Member& member : members) set(member.first, std::move(member.second));
    return;
  }
  // Equal keys become neighbours by sorting; a hash table could be made slow by chosen keys.
  std::vector<std::size_t> by_key(members.size());
  std::iota(by_key.begin(), by_key.end(), std::size_t{0});
  std::stable_sort(by_key.begin(), by_key.end(), [&](std::size_t a, std::size_t b) {
    return members[a].first < members[b].first;
  });
  std::vector<bool> is_repeated(members.size());
  bool has_index_key = false;
  for (std::size_t start = 0, end; start < by_key.size(); start = end) {
    const std::string& key = members[by_key[start]].first;
    end = start + 1;
    while (end < by_key.size() && members[by_key[end]].first == key)
      is_repeated[by_key[end++]] = true;
    if (end > start + 1) members[by_key[start]].second = std::move(members[by_key[end - 1]].second);
    has_index_key = has_index_key || array_index(key).has_value();
  }
  members_.reserve(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!is_repeated[i]) members_.push_back(std::move(members[i]));
  }
  if (has_index_key) {
    std::stable_sort(members_.begin(), members_.end(), [](const Member& a, const Member& b) {
      return goes_before(a.first, b.first);
    });
  }
}

const Json* Json::Object::find(std::string_view key) const {
  for (const Member& member : members_) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

Json* Json::Object::find(std::string_view key) {
  return const_cast<Json*>(std::as_const(*this).find(key));
}

void Json::Object::set(std::string_view key, Json value) {
  if (Json* known = find(key)) {
    *known = std::move(value);
    return;
  }
  auto place = members_.end();
  if (array_index(key)) {
    place = std::find_if(members_.begin(), members_.end(),
                         [&](const Member& member) { return goes_before(key, member.first); });
  }
  members_.emplace(place, std::string(key), std::move(value));
}

bool Json::Object::erase(std::string_view key) {
  const auto place = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& member) { return member.first == key; });
  if (place == members_.end()) return false;
  members_.erase(place);
  return true;
}

}  // namespace tfjs
