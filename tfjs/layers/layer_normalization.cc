#include "tfjs/layers/layer_normalization.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"

namespace tfjs::layers {
namespace {

class LayerNormalization : public Layer {
 public:
  LayerNormalization() = default;
  explicit LayerNormalization(LayerNormalizationOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "LayerNormalization"; }

  void describe(Config& c) override {
    describe_axis(c);
    c("epsilon", options_.epsilon);
    c("center", options_.center);
    c("scale", options_.scale);
    c("beta_initializer", options_.beta_initializer);
    c("gamma_initializer", options_.gamma_initializer);
    c("beta_regularizer", options_.beta_regularizer);
    c("gamma_regularizer", options_.gamma_regularizer);
    if (c.reading() || !options_.beta_constraint.is_none())
      c("beta_constraint", options_.beta_constraint);
    if (c.reading() || !options_.gamma_constraint.is_none())
      c("gamma_constraint", options_.gamma_constraint);
    describe_base(c);
    refuse_other(c, "rms_scaling", false);
  }

  void validate() override {
    if (options_.axis.empty())
      throw invalid_argument(label(*this), ": axis must name at least one axis");
  }

  void build(const std::vector<Shape>& inputs) override {
    const Shape& x = checked_input(inputs);
    // The axes as built are what the config shows from now on.
    for (std::int64_t& axis : options_.axis) axis = x.normalize_axis(axis, "axis");
    written_as_number_ = false;
    std::vector<std::int64_t> dims;
    for (std::int64_t axis : options_.axis) dims.push_back(x[static_cast<int>(axis)]);
    if (options_.scale) {
      gamma_ = add_weight("gamma", Shape(dims), options_.gamma_initializer,
                          options_.gamma_regularizer, options_.gamma_constraint);
    }
    if (options_.center) {
      beta_ = add_weight("beta", Shape(dims), options_.beta_initializer, options_.beta_regularizer,
                         options_.beta_constraint);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    return {checked_input(inputs)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const Tensor& x = inputs[0];
    std::vector<int> axes(options_.axis.begin(), options_.axis.end());
    std::sort(axes.begin(), axes.end());
    Shape shape;
    for (int axis : axes) shape = shape.with_appended(x.shape()[axis]);
    // With axes out of order TensorFlow.js reads the weights' elements in the order of the sorted
    // axes.
    Tensor gamma = gamma_ == nullptr ? Tensor() : ops::reshape(gamma_->value(), shape);
    Tensor beta = beta_ == nullptr ? Tensor() : ops::reshape(beta_->value(), shape);
    return {ops::layer_norm(x, gamma, beta, axes, static_cast<float>(options_.epsilon))};
  }

  bool supports_masking() const override { return true; }

 private:
  void describe_axis(Config& c) {
    if (!c.reading()) {
      if (written_as_number_) return c.write("axis", options_.axis[0]);
      return c("axis", options_.axis);
    }
    const Json* axis = c.find("axis");
    if (axis == nullptr) return;
    written_as_number_ = axis->is_number();
    if (!written_as_number_) return c("axis", options_.axis);
    options_.axis = {axis->as_integer(c.where("axis"))};
  }

  const Shape& checked_input(const std::vector<Shape>& inputs) const {
    const Shape& x = one_input_at_least(*this, inputs, 2, "[batch, ..., features]");
    const std::string what = cat(label(*this), ": axis");
    std::vector<int> axes;
    for (std::int64_t axis : options_.axis) {
      const int at = x.normalize_axis(axis, what.c_str());
      if (at == 0) throw invalid_argument(what, " must not be the batch axis: ", options_.axis);
      if (std::find(axes.begin(), axes.end(), at) != axes.end()) {
        throw invalid_argument(what, " names axis ", at, " twice: ", options_.axis);
      }
      if (x[at] == kUnknown) {
        throw invalid_argument(label(*this), ": the size of axis ", at,
                               " must be known, got input of shape ", x);
      }
      axes.push_back(at);
    }
    const VariablePtr& weight = gamma_ != nullptr ? gamma_ : beta_;
    for (std::size_t i = 0; weight != nullptr && i < axes.size(); ++i) {
      if (weight->shape()[static_cast<int>(i)] != x[axes[i]]) {
        throw invalid_argument(label(*this), ": expected size ",
                               weight->shape()[static_cast<int>(i)], " at axis ", axes[i],
                               ", got input of shape ", x);
      }
    }
    return x;
  }

  LayerNormalizationOptions options_;
  bool written_as_number_ = true;  ///< the default axis, before it is built
  VariablePtr gamma_;
  VariablePtr beta_;
};

}  // namespace

LayerPtr layer_normalization(LayerNormalizationOptions options) {
  return finish(std::make_shared<LayerNormalization>(std::move(options)));
}
LayerPtr make_LayerNormalization() {
  return std::make_shared<LayerNormalization>();
}

}  // namespace tfjs::layers
