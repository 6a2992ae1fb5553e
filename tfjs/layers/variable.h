// A weight of a layer: its name, shape and current value.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "tfjs/core/tensor.h"
#include "tfjs/layers/initializer.h"
#include "tfjs/layers/penalties.h"

namespace tfjs::layers {

class Variable {
 public:
  Variable(std::string name, TensorSpec spec, Initializer initializer, Constraint constraint,
           bool trainable);

  /// The name in weight files: "dense_Dense1/kernel".
  const std::string& name() const { return name_; }
  const TensorSpec& spec() const { return spec_; }
  const Shape& shape() const { return spec_.shape; }
  /// False for moving statistics; a frozen layer's weights stay true here (see Layer::trainable).
  bool trainable() const { return trainable_; }

  /// The value; made by the initializer at the first call when nothing was assigned. Safe from
  /// several threads.
  Tensor value() const;
  /// Errors: InvalidArgument naming the weight and both shapes or dtypes.
  void assign(Tensor value);
  /// For layers whose config may leave a size open: `adapt` is asked about a value of another
  /// shape, and answers true after giving this and the layer's other weights their new shapes.
  void set_adapt(std::function<bool(const Shape& found)> adapt) { adapt_ = std::move(adapt); }
  /// True when assign() takes values of this shape, perhaps after adapting to it.
  bool adapt_to(const Shape& found) {
    return found == spec_.shape || (adapt_ != nullptr && adapt_(found));
  }
  /// Changes the shape and forgets the value. For adapt functions only.
  void set_shape(Shape shape);
  const Constraint& constraint() const { return constraint_; }
  const Regularizer& regularizer() const { return regularizer_; }
  void set_regularizer(Regularizer regularizer) { regularizer_ = std::move(regularizer); }
  /// Grows with each assign: tells whether a plan made from the value is still right.
  std::uint64_t version() const;

 private:
  std::string name_;
  TensorSpec spec_;
  Initializer initializer_;
  Constraint constraint_;
  Regularizer regularizer_;
  bool trainable_;
  std::function<bool(const Shape&)> adapt_;
  mutable std::mutex mutex_;
  mutable Tensor value_;
  std::uint64_t version_ = 0;
};

using VariablePtr = std::shared_ptr<Variable>;

}  // namespace tfjs::layers
