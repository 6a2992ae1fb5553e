// Regularizers and constraints: what training adds to the loss and does to weights. Kept as config,
// written back, and applied where tf.js applies them.
#pragma once

#include <string>

#include "tfjs/base/json.h"
#include "tfjs/core/tensor.h"

namespace tfjs::layers {

/// None, or {class_name: "L1L2", config: {l1, l2}}; names "l1l2", "l1", "l2" too. Unknown classes
/// are kept as they are.
class Regularizer {
 public:
  Regularizer() = default;  ///< none
  Regularizer(const char* name);
  static Regularizer from_json(const Json& json, const std::string& what);
  static Regularizer l1l2(double l1, double l2);
  bool is_none() const { return config_.is_null(); }
  Json to_json() const { return config_; }

 private:
  Json config_;
};

/// None, MaxNorm, UnitNorm, NonNeg or MinMaxNorm.
class Constraint {
 public:
  Constraint() = default;  ///< none
  Constraint(const char* name);
  static Constraint from_json(const Json& json, const std::string& what);
  static Constraint max_norm(double max_value = 2, std::int64_t axis = 0);
  static Constraint unit_norm(std::int64_t axis = 0);
  static Constraint non_neg();
  static Constraint min_max_norm(double min_value = 0, double max_value = 1, double rate = 1,
                                 std::int64_t axis = 0);
  bool is_none() const { return config_.is_null(); }
  Json to_json() const { return config_; }
  /// The nearest allowed weight. Written with ops.
  Tensor apply(const Tensor& weight) const;

 private:
  Json config_;
};

}  // namespace tfjs::layers
