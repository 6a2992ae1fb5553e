// Activation functions by name.
#pragma once

#include <string>

#include "tfjs/core/tensor.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {

class Activation {
 public:
  Activation() : Activation("linear") {}
  /// "relu", "hardSigmoid" or "hard_sigmoid", ... Errors: NotFound with close names.
  Activation(const char* name) : Activation(std::string(name)) {}
  Activation(const std::string& name);

  /// As written to model.json: snake_case.
  const std::string& name() const { return name_; }
  Tensor apply(const Tensor& x) const;
  bool is_linear() const { return name_ == "linear"; }
  /// The elementwise function, or Linear for those that are none (softmax, logSoftmax): see
  /// is_elementwise.
  ops::UnaryKind unary() const { return unary_; }
  bool is_elementwise() const { return elementwise_; }

 private:
  std::string name_;
  ops::UnaryKind unary_ = ops::UnaryKind::Linear;
  bool elementwise_ = true;
};

}  // namespace tfjs::layers
