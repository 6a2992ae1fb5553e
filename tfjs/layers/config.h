// Reads and writes a layer's config with one description for both directions:
//
//   void Dense::describe(Config& c) {
//     c.positive("units", options_.units);
//     c("use_bias", options_.use_bias);
//     ...
//     describe_base(c);            // name, trainable[, batch_input_shape, dtype]
//   }
//
// The order of the calls is the order of the keys in model.json. Reading: an absent or null key
// leaves the value as it is (its default) unless the method says required; a key may also be
// spelled in camelCase, as stock accepts; text values may be camelCase or snake_case; a numpy
// scalar {"type": "ndarray", "value": x} reads as x. A key that comes in another JSON type is an
// error naming the layer, the key, what was expected and what came. Unknown keys are ignored.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/json.h"
#include "tfjs/core/shape.h"
#include "tfjs/layers/activation.h"
#include "tfjs/layers/initializer.h"
#include "tfjs/layers/penalties.h"
#include "tfjs/shape/conv.h"

namespace tfjs::layers {

class LayerRegistry;

class Config {
 public:
  /// Reads from `config`; `what` names the layer in messages: "layer 'dense_1' (Dense)".
  static Config reader(const Json& config, std::string what, const LayerRegistry& registry);
  static Config writer();

  bool reading() const { return source_ != nullptr; }
  const std::string& what() const { return what_; }
  const LayerRegistry& registry() const { return *registry_; }
  /// The object written so far.
  Json take() { return Json(std::move(written_)); }

  void operator()(std::string_view key, bool& value);
  void operator()(std::string_view key, double& value);
  void operator()(std::string_view key, std::int64_t& value);
  void operator()(std::string_view key, std::string& value);
  void operator()(std::string_view key, std::optional<double>& value);
  void operator()(std::string_view key, std::optional<std::int64_t>& value);
  void operator()(std::string_view key, std::optional<bool>& value);
  void operator()(std::string_view key, std::vector<std::int64_t>& value);
  void operator()(std::string_view key, std::optional<std::vector<std::int64_t>>& value);
  void operator()(std::string_view key, Initializer& value);
  void operator()(std::string_view key, Regularizer& value);
  void operator()(std::string_view key, Constraint& value);
  void operator()(std::string_view key, Activation& value);
  void operator()(std::string_view key, shape::Padding& value);  ///< "valid", "same"
  /// Any JSON, kept as it is; null when absent.
  void json(std::string_view key, Json& value);
  /// A dimension count: required, an integer of at least 1.
  void positive(std::string_view key, std::int64_t& value);
  /// `count` integers, or one integer that stands for all; each at least `least`. Written as a
  /// list.
  void sizes(std::string_view key, std::vector<std::int64_t>& value, std::size_t count,
             std::int64_t least = 1);
  /// One of `allowed` (snake_case); reading accepts camelCase.
  void choice(std::string_view key, std::string& value,
              std::initializer_list<std::string_view> allowed);
  /// Dimensions where null is unknown.
  void shape(std::string_view key, std::optional<Shape>& value);

  // For the odd cases.
  /// The member as it stands, numpy scalars and tuples replaced; nullptr when absent or null.
  /// Reading only.
  const Json* find(std::string_view key) const;
  /// True when the key is there, be it null. Reading only.
  bool has(std::string_view key) const;
  /// "layer 'dense_1' (Dense): config.units": for messages.
  std::string where(std::string_view key) const;
  void write(std::string_view key, Json value);

 private:
  Config() = default;
  const Json* source_ = nullptr;
  const LayerRegistry* registry_ = nullptr;
  std::string what_;
  Json::Object written_;
};

/// What Python's wrappers hold: {"type": "ndarray", "value": x} is x, {"class_name": "__tuple__",
/// "items": [...]} the list; anything else is itself.
const Json& plain_value(const Json& json);

/// "hardSigmoid" -> "hard_sigmoid", by the very rules of TensorFlow.js (SPEC: class names give odd
/// results, ConvLSTM2D -> "conv_lst_m2d").
std::string to_snake_case(std::string_view text);
/// "hard_sigmoid" -> "hardSigmoid".
std::string to_camel_case(std::string_view text);

}  // namespace tfjs::layers
