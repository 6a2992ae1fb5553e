#include "tfjs/layers/batch_normalization.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class BatchNormalization : public Layer {
 public:
  BatchNormalization() = default;
  explicit BatchNormalization(BatchNormalizationOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "BatchNormalization"; }

  void describe(Config& c) override {
    describe_axis(c);
    c("momentum", options_.momentum);
    c("epsilon", options_.epsilon);
    c("center", options_.center);
    c("scale", options_.scale);
    c("beta_initializer", options_.beta_initializer);
    c("gamma_initializer", options_.gamma_initializer);
    c("moving_mean_initializer", options_.moving_mean_initializer);
    c("moving_variance_initializer", options_.moving_variance_initializer);
    c("beta_regularizer", options_.beta_regularizer);
    c("gamma_regularizer", options_.gamma_regularizer);
    c("beta_constraint", options_.beta_constraint);
    c("gamma_constraint", options_.gamma_constraint);
    describe_base(c);
  }

  void build(const std::vector<Shape>& inputs) override {
    const Shape& x = checked_input(inputs);
    const Shape shape = {x[axis(x.rank())]};
    if (options_.scale) {
      gamma_ = add_weight("gamma", shape, options_.gamma_initializer, options_.gamma_regularizer,
                          options_.gamma_constraint);
    }
    if (options_.center) {
      beta_ = add_weight("beta", shape, options_.beta_initializer, options_.beta_regularizer,
                         options_.beta_constraint);
    }
    mean_ = add_weight("moving_mean", shape, options_.moving_mean_initializer, {}, {}, false);
    variance_ =
        add_weight("moving_variance", shape, options_.moving_variance_initializer, {}, {}, false);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    return {checked_input(inputs)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const Tensor epsilon = Tensor::scalar(static_cast<float>(options_.epsilon));
    Tensor scale = ops::rsqrt(ops::add(variance_->value(), epsilon));
    if (gamma_ != nullptr) scale = ops::mul(gamma_->value(), scale);
    Tensor shift = ops::neg(ops::mul(mean_->value(), scale));
    if (beta_ != nullptr) shift = ops::add(beta_->value(), shift);
    const Tensor& x = inputs[0];
    const int channel_axis = axis(x.rank());
    // TensorFlow.js's CPU and WASM backends walk through the channels element by element, also
    // where the channel axis is not the last; saved models get the numbers they were trained
    // against. Only Keras writes the axis as a list, and means that axis.
    if (channel_axis != x.rank() - 1 && !axis_is_list_) {
      const Tensor rows = ops::reshape(x, {kUnknown, x.shape()[channel_axis]});
      return {ops::reshape(ops::scale_shift(rows, scale, shift, 1), x.shape())};
    }
    return {ops::scale_shift(x, scale, shift, channel_axis)};
  }

  bool supports_masking() const override { return true; }

 private:
  /// Keras 2 writes the axis it was built with as a list of one; the form is kept. Keras 3 writes a
  /// number again, but a dtype policy where others have a text.
  void describe_axis(Config& c) {
    if (!c.reading()) {
      c.write("axis", axis_is_list_ ? Json::array({options_.axis}) : Json(options_.axis));
      return;
    }
    const Json* axis = c.find("axis");
    axis_is_list_ = axis != nullptr && axis->is_array();
    if (!axis_is_list_) {
      c("axis", options_.axis);
      const Json* dtype = c.find("dtype");
      axis_is_list_ = dtype != nullptr && dtype->is_object() && options_.axis >= 0;
      return;
    }
    std::vector<std::int64_t> axes;
    c("axis", axes);
    if (axes.size() != 1) throw unsupported(c.where("axis"), " must be one axis, got ", axes);
    options_.axis = axes[0];
  }

  int axis(int rank) const {
    const std::int64_t axis = options_.axis < 0 ? options_.axis + rank : options_.axis;
    if (axis < 1 || axis >= rank) {
      throw invalid_argument(label(*this), ": axis ", options_.axis,
                             " is not a channel axis of an input of rank ", rank);
    }
    return static_cast<int>(axis);
  }

  const Shape& checked_input(const std::vector<Shape>& inputs) const {
    const Shape& x = one_input_at_least(*this, inputs, 2, "[batch, ..., channels]");
    const std::int64_t size = x[axis(x.rank())];
    if (size == kUnknown) {
      throw invalid_argument(label(*this), ": the size of axis ", options_.axis,
                             " must be known, got input of shape ", x);
    }
    if (mean_ != nullptr && mean_->shape()[0] != size) {
      throw invalid_argument(label(*this), ": expected ", mean_->shape()[0], " channels at axis ",
                             options_.axis, ", got input of shape ", x);
    }
    return x;
  }

  BatchNormalizationOptions options_;
  bool axis_is_list_ = false;
  VariablePtr gamma_;
  VariablePtr beta_;
  VariablePtr mean_;
  VariablePtr variance_;
};

}  // namespace

LayerPtr batch_normalization(BatchNormalizationOptions options) {
  return finish(std::make_shared<BatchNormalization>(std::move(options)));
}
LayerPtr make_BatchNormalization() {
  return std::make_shared<BatchNormalization>();
}

}  // namespace tfjs::layers
