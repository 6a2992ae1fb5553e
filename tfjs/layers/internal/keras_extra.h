// Keys that Keras writes and TensorFlow.js does not know. None that changes numbers may pass
// unseen: a layer honours it, or refuses the value it cannot honour.
#pragma once

#include <string_view>

#include "tfjs/base/error.h"
#include "tfjs/layers/config.h"

namespace tfjs::layers {

/// Reads `key` when present; writes it only when it differs from `stock`, what TensorFlow.js's
/// layer does without the key.
template <class T>
void keras_extra(Config& c, std::string_view key, T& value, const T& stock) {
  if (c.reading() || value != stock) c(key, value);
}

/// Refuses every value of `key` but null and `accepted`. Errors: Unsupported naming layer, key and
/// value.
inline void refuse_other(const Config& c, std::string_view key, const Json& accepted) {
  if (!c.reading()) return;
  const Json* value = c.find(key);
  if (value == nullptr || *value == accepted) return;
  throw unsupported(c.where(key), " is ", write_json(*value),
                    ", which is not supported; it must be ", write_json(accepted));
}

/// The same for a key that must not be set at all.
inline void refuse(const Config& c, std::string_view key) {
  refuse_other(c, key, nullptr);
}

}  // namespace tfjs::layers
