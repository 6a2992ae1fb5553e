// One entry of a weights manifest: what a weight is called, its shape and type, and how its bytes
// are stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tfjs/base/json.h"
#include "tfjs/core/tensor.h"

namespace tfjs::io {

/// How a weight's values are stored smaller than they are.
/// Uint8, Uint16: value = code * scale + min, computed in double. Float16: IEEE half.
struct Quantization {
  enum class Kind { Uint8, Uint16, Float16 };
  Kind kind = Kind::Uint8;
  double min = 0;
  double scale = 1;
};

struct WeightSpec {
  std::string name;
  TensorSpec tensor;
  std::string group;  ///< "optimizer", "model" or empty
  std::optional<Quantization> quantization;
  /// The entry as it was read, kept so that a copy writes the same text; null for a spec made here.
  Json source;
};

/// The manifest entry {name, shape, dtype[, group][, quantization]}: the source when there is one.
Json to_json(const WeightSpec& spec);

/// Errors: CorruptData naming `what` (file) and the weight: unknown dtype, a dimension that is no
/// integer >= 0, a byte size beyond int64, a quantization that cannot be, wrong JSON types.
WeightSpec parse_weight_spec(const Json& entry, const std::string& what);

}  // namespace tfjs::io
