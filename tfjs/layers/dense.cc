#include "tfjs/layers/dense.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"

namespace tfjs::layers {
namespace {

class Dense : public Layer {
 public:
  Dense() = default;
  explicit Dense(DenseOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Dense"; }

  void describe(Config& c) override {
    c.positive("units", options_.units);
    c("activation", options_.activation);
    c("use_bias", options_.use_bias);
    c("kernel_initializer", options_.kernel_initializer);
    c("bias_initializer", options_.bias_initializer);
    c("kernel_regularizer", options_.kernel_regularizer);
    c("bias_regularizer", options_.bias_regularizer);
    c("activity_regularizer", options_.activity_regularizer);
    c("kernel_constraint", options_.kernel_constraint);
    c("bias_constraint", options_.bias_constraint);
    describe_base(c);
    if (c.reading() && !batch_input_shape_ && c.find("input_dim") != nullptr) {
      std::int64_t input_dim = 0;
      c.positive("input_dim", input_dim);
      batch_input_shape_ = Shape{kUnknown, input_dim};
    }
  }

  void validate() override {
    if (options_.units < 1) {
      throw invalid_argument("dense ", quoted(name_), ": units must be at least 1, got ",
                             options_.units);
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    const std::int64_t in = checked_input(inputs).dim(-1);
    kernel_ = add_weight("kernel", {in, options_.units}, options_.kernel_initializer,
                         options_.kernel_regularizer, options_.kernel_constraint);
    if (options_.use_bias) {
      bias_ = add_weight("bias", {options_.units}, options_.bias_initializer,
                         options_.bias_regularizer, options_.bias_constraint);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    Shape shape = checked_input(inputs);
    if (kernel_ != nullptr && shape.dim(-1) != kernel_->shape()[0]) {
      throw invalid_argument("dense ", quoted(name_), ": expected a last axis of ",
                             kernel_->shape()[0], ", got input of shape ", shape);
    }
    shape.set_dim(-1, options_.units);
    return {shape};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor y = ops::matmul(inputs[0], kernel_->value());
    if (bias_ != nullptr) y = ops::add(y, bias_->value());
    return {options_.activation.apply(y)};
  }

  bool supports_masking() const override { return true; }

 private:
  const Shape& checked_input(const std::vector<Shape>& inputs) const {
    if (inputs.size() != 1 || inputs[0].rank() < 2 || inputs[0].dim(-1) == kUnknown) {
      throw invalid_argument(
          "dense ", quoted(name_),
          ": expected one input [batch, ..., features] with features known, got ", inputs);
    }
    return inputs[0];
  }

  DenseOptions options_;
  VariablePtr kernel_;
  VariablePtr bias_;
};

}  // namespace

LayerPtr dense(DenseOptions options) {
  return finish(std::make_shared<Dense>(std::move(options)));
}
LayerPtr make_Dense() {
  return std::make_shared<Dense>();
}

}  // namespace tfjs::layers
