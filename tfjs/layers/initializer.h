// How a weight gets its first values. Written to model.json as {class_name, config}; the Glorot, He
// and LeCun variants are written as the VarianceScaling they are, as stock does.
#pragma once

#include <cstdint>
#include <string>

#include "tfjs/base/json.h"
#include "tfjs/core/tensor.h"

namespace tfjs::layers {

class Initializer {
 public:
  /// By name: "glorotNormal", "glorot_normal", "GlorotNormal", "zeros", "orthogonal", ... Errors:
  /// NotFound with close names.
  Initializer(const char* name) : Initializer(std::string(name)) {}
  Initializer(const std::string& name);
  /// From model.json: a name, or {class_name, config}. Errors: NotFound; CorruptData for a config
  /// that cannot be. An unknown class_name is kept and written back, and fails only when values are
  /// asked for.
  static Initializer from_json(const Json& json, const std::string& what);

  /// {class_name, config}
  Json to_json() const;

  /// Fresh float32 values. `seed` in the config makes them reproducible; else `fallback_seed` does.
  Tensor make(const Shape& shape, std::uint64_t fallback_seed) const;

 private:
  Initializer(std::string class_name, Json config);
  std::string class_name_;
  Json config_;
};

// With options, as tf.initializers: layers::initializers::constant(0.5)
namespace initializers {
Initializer zeros();
Initializer ones();
Initializer constant(double value);
Initializer random_uniform(double minval = -0.05, double maxval = 0.05, Json seed = nullptr);
Initializer random_normal(double mean = 0, double stddev = 0.05, Json seed = nullptr);
Initializer truncated_normal(double mean = 0, double stddev = 0.05, Json seed = nullptr);
Initializer identity(double gain = 1);
Initializer variance_scaling(double scale, const std::string& mode, const std::string& distribution,
                             Json seed = nullptr);
Initializer orthogonal(double gain = 1, Json seed = nullptr);
}  // namespace initializers

}  // namespace tfjs::layers
