#include "tfjs/layers/config.h"

#include <cctype>

#include "tfjs/base/ascii.h"
#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"

namespace tfjs::layers {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

Json dims_to_json(const std::vector<std::int64_t>& dims) {
  Json::Array out;
  for (std::int64_t dim : dims) out.push_back(dim == kUnknown ? Json() : Json(dim));
  return Json(std::move(out));
}

Json integers_to_json(const std::vector<std::int64_t>& values) {
  Json::Array out;
  for (std::int64_t value : values) out.emplace_back(value);
  return Json(std::move(out));
}

std::vector<std::int64_t> integers_from_json(const Json& json, const std::string& what) {
  std::vector<std::int64_t> out;
  for (const Json& value : json.as_array(what)) out.push_back(plain_value(value).as_integer(what));
  return out;
}

}  // namespace

std::string to_snake_case(std::string_view text) {
  std::string words;  // pass 1: "_" between any character and a following [A-Z][a-z0-9]+
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 2;
    while (end < text.size() && (is_lower(text[end]) || is_digit(text[end]))) ++end;
    const bool starts_word = i + 1 < text.size() && is_upper(text[i + 1]) && end > i + 2;
    words.push_back(text[i]);
    if (!starts_word) {
      ++i;
      continue;
    }
    words.push_back('_');
    words.append(text.substr(i + 1, end - i - 1));
    i = end;
  }
  std::string out;  // pass 2: "_" between [a-z] and [A-Z]; then lower case
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && is_lower(words[i - 1]) && is_upper(words[i])) out.push_back('_');
    out.push_back(is_upper(words[i]) ? static_cast<char>(words[i] - 'A' + 'a') : words[i]);
  }
  return out.starts_with('_') ? "private" + out : out;
}

std::string to_camel_case(std::string_view text) {
  if (text.size() <= 1) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out.push_back(text[i]);
      continue;
    }
    while (i < text.size() && text[i] == '_') ++i;
    if (i < text.size())
      out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(text[i]))));
  }
  return out;
}

const Json& plain_value(const Json& json) {
  const auto inner_of = [&](const char* kind_key, const char* kind, const char* inner_key) {
    const Json* found = json.find(kind_key);
    return found != nullptr && *found == Json(kind) ? json.find(inner_key) : nullptr;
  };
  if (const Json* value = inner_of("type", "ndarray", "value")) return *value;
  if (const Json* items = inner_of("class_name", "__tuple__", "items")) return *items;
  return json;
}

Config Config::reader(const Json& config, std::string what, const LayerRegistry& registry) {
  config.as_object(cat(what, ": config"));
  Config c;
  c.source_ = &config;
  c.what_ = std::move(what);
  c.registry_ = &registry;
  return c;
}

Config Config::writer() {
  return Config();
}

const Json* Config::find(std::string_view key) const {
  const Json* value = source_->find(key);
  if (value == nullptr) value = source_->find(to_camel_case(key));
  if (value != nullptr) value = &plain_value(*value);
  return value == nullptr || value->is_null() ? nullptr : value;
}

bool Config::has(std::string_view key) const {
  return source_->find(key) != nullptr || source_->find(to_camel_case(key)) != nullptr;
}

std::string Config::where(std::string_view key) const {
  return cat(what_, ": config.", key);
}

void Config::write(std::string_view key, Json value) {
  written_.set(key, std::move(value));
}

void Config::operator()(std::string_view key, bool& value) {
  if (!reading()) return write(key, value);
  if (const Json* json = find(key)) value = json->as_bool(where(key));
}

void Config::operator()(std::string_view key, double& value) {
  if (!reading()) return write(key, value);
  if (const Json* json = find(key)) value = json->as_number(where(key));
}

void Config::operator()(std::string_view key, std::int64_t& value) {
  if (!reading()) return write(key, value);
  if (const Json* json = find(key)) value = json->as_integer(where(key));
}

void Config::operator()(std::string_view key, std::string& value) {
  if (!reading()) return write(key, value);
  if (const Json* json = find(key)) value = json->as_string(where(key));
}

void Config::operator()(std::string_view key, std::optional<double>& value) {
  if (!reading()) return write(key, value ? Json(*value) : Json());
  if (const Json* json = find(key)) value = json->as_number(where(key));
}

void Config::operator()(std::string_view key, std::optional<std::int64_t>& value) {
  if (!reading()) return write(key, value ? Json(*value) : Json());
  if (const Json* json = find(key)) value = json->as_integer(where(key));
}

void Config::operator()(std::string_view key, std::optional<bool>& value) {
  if (!reading()) return write(key, value ? Json(*value) : Json());
  if (const Json* json = find(key)) value = json->as_bool(where(key));
}

void Config::operator()(std::string_view key, std::vector<std::int64_t>& value) {
  if (!reading()) return write(key, integers_to_json(value));
  if (const Json* json = find(key)) value = integers_from_json(*json, where(key));
}

void Config::operator()(std::string_view key, std::optional<std::vector<std::int64_t>>& value) {
  if (!reading()) return write(key, value ? integers_to_json(*value) : Json());
  if (const Json* json = find(key)) value = integers_from_json(*json, where(key));
}

void Config::operator()(std::string_view key, Initializer& value) {
  if (!reading()) return write(key, value.to_json());
  if (const Json* json = find(key)) value = Initializer::from_json(*json, where(key));
}

void Config::operator()(std::string_view key, Regularizer& value) {
  if (!reading()) return write(key, value.to_json());
  if (const Json* json = find(key)) value = Regularizer::from_json(*json, where(key));
}

void Config::operator()(std::string_view key, Constraint& value) {
  if (!reading()) return write(key, value.to_json());
  if (const Json* json = find(key)) value = Constraint::from_json(*json, where(key));
}

void Config::operator()(std::string_view key, Activation& value) {
  if (!reading()) return write(key, value.name());
  const Json* json = find(key);
  if (json == nullptr) return;
  const std::string& text = json->as_string(where(key));
  try {
    value = Activation(text);
  } catch (const Error& error) {
    throw Error(error.code(), cat(where(key), ": ", error.what()));
  }
}

void Config::operator()(std::string_view key, shape::Padding& value) {
  if (!reading()) return write(key, value == shape::Padding::Same ? "same" : "valid");
  if (const Json* json = find(key))
    value = shape::parse_padding(json->as_string(where(key)), where(key).c_str());
}

void Config::json(std::string_view key, Json& value) {
  if (!reading()) return write(key, value);
  const Json* json = find(key);
  value = json == nullptr ? Json() : *json;
}

void Config::positive(std::string_view key, std::int64_t& value) {
  if (!reading()) return write(key, value);
  const Json* json = find(key);
  if (json == nullptr)
    throw corrupt_data(where(key), " is missing: expected an integer of at least 1");
  value = json->as_integer(where(key));
  if (value < 1) throw invalid_argument(where(key), " must be at least 1, got ", value);
}

void Config::sizes(std::string_view key, std::vector<std::int64_t>& value, std::size_t count,
                   std::int64_t least) {
  if (!reading()) return write(key, integers_to_json(value));
  const Json* json = find(key);
  if (json == nullptr) return;
  if (json->is_number()) {
    value.assign(count, json->as_integer(where(key)));
  } else {
    value = integers_from_json(*json, where(key));
  }
  if (value.size() != count) {
    throw corrupt_data(where(key), " must be one integer or a list of ", count, ", got ", value);
  }
  for (std::int64_t size : value) {
    if (size < least)
      throw invalid_argument(where(key), ": each entry must be at least ", least, ", got ", value);
  }
}

void Config::choice(std::string_view key, std::string& value,
                    std::initializer_list<std::string_view> allowed) {
  if (!reading()) return write(key, value);
  const Json* json = find(key);
  if (json == nullptr) return;
  const std::string& text = json->as_string(where(key));
  std::string snake = to_snake_case(text);
  std::vector<std::string> names(allowed.begin(), allowed.end());
  for (const std::string& name : names) {
    if (snake == name) {
      value = std::move(snake);
      return;
    }
  }
  throw invalid_argument(where(key), " must be one of ", join(names, ", "), ", got ", quoted(text));
}

void Config::shape(std::string_view key, std::optional<Shape>& value) {
  if (!reading()) return write(key, value ? dims_to_json(value->dims()) : Json());
  const Json* json = find(key);
  if (json == nullptr) return;
  std::vector<std::int64_t> dims;
  for (const Json& dim : json->as_array(where(key))) {
    const std::int64_t size = dim.is_null() ? kUnknown : dim.as_integer(where(key));
    if (size < 0 && !dim.is_null()) {
      throw corrupt_data(where(key), ": dimensions must be null or at least 0, got ", size);
    }
    dims.push_back(size);
  }
  value = Shape(std::move(dims));
}

}  // namespace tfjs::layers
