#include "tfjs/layers/prelu.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::layers {
namespace {

class PReLU : public Layer {
 public:
  PReLU() = default;
  explicit PReLU(PReLUOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "PReLU"; }

  void describe(Config& c) override {
    c("alpha_initializer", options_.alpha_initializer);
    c("alpha_regularizer", options_.alpha_regularizer);
    c("alpha_constraint", options_.alpha_constraint);
    describe_shared_axes(c);
    describe_base(c);
  }

  void build(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 2, "[batch, ...]");
    Shape alpha = x.sub(1);
    for (std::int64_t axis : options_.shared_axes.value_or(std::vector<std::int64_t>())) {
      if (axis < 1 || axis >= x.rank()) {
        throw invalid_argument(label(*this), ": shared axis ", axis,
                               " is not an axis of samples of shape ", alpha, " (counted from 1)");
      }
      alpha.set_dim(static_cast<int>(axis) - 1, 1);
    }
    if (!alpha.is_known()) {
      throw invalid_argument(
          label(*this), ": axes that are not shared must have a known size, got input of shape ",
          x);
    }
    alpha_ = add_weight("alpha", alpha, options_.alpha_initializer, options_.alpha_regularizer,
                        options_.alpha_constraint);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 2, "[batch, ...]");
    if (alpha_ != nullptr) {
      const std::string what = label(*this);
      if (shape::broadcast(x, alpha_->shape(), what.c_str()).rank() != x.rank()) {
        throw invalid_argument(what, ": slopes of shape ", alpha_->shape(),
                               " do not fit input of shape ", x);
      }
    }
    return {x};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::prelu(inputs[0], alpha_->value())};
  }

  bool supports_masking() const override { return true; }

 private:
  void describe_shared_axes(Config& c) {
    const Json* axes = c.reading() ? c.find("shared_axes") : nullptr;
    if (axes != nullptr && axes->is_number()) {
      options_.shared_axes = {axes->as_integer(c.where("shared_axes"))};
    } else {
      c("shared_axes", options_.shared_axes);
    }
  }

  PReLUOptions options_;
  VariablePtr alpha_;
};

}  // namespace

LayerPtr prelu(PReLUOptions options) {
  return finish(std::make_shared<PReLU>(std::move(options)));
}
LayerPtr make_PReLU() {
  return std::make_shared<PReLU>();
}

}  // namespace tfjs::layers
