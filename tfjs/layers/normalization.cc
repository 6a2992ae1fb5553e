// Keras's Normalization: (x - mean) / max(sqrt(variance), epsilon), where mean and variance were
// measured by adapt() and saved as weights, or stand in the config. Stock TensorFlow.js has no such
// layer; it is here so that Keras models with it run.
#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/keras_epsilon.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/layers/layer.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

/// Numbers of nested lists, in order.
void collect(const Json& json, const std::string& what, std::vector<float>& out) {
  if (!json.is_array()) {
    out.push_back(static_cast<float>(json.as_number(what)));
    return;
  }
  for (const Json& value : json.as_array(what)) collect(value, what, out);
}

class Normalization : public Layer {
 public:
  std::string class_name() const override { return "Normalization"; }

  void describe(Config& c) override {
    describe_axis(c);
    c.json("mean", mean_config_);
    c.json("variance", variance_config_);
    if (c.reading() || invert_) c("invert", invert_);
    describe_base(c);
  }

  void validate() override {
    if (mean_config_.is_null() != variance_config_.is_null()) {
      throw invalid_argument(label(*this), ": mean and variance must both be given, or neither");
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 1, "[batch, ...]");
    const std::vector<int> kept = kept_axes(x);
    Shape shape;
    broadcast_ = Shape(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1));
    for (int axis : kept) {
      if (x[axis] == kUnknown) {
        throw invalid_argument(label(*this), ": the size of axis ", axis,
                               " must be known, got input of shape ", x);
      }
      shape = shape.with_appended(x[axis]);
      broadcast_.set_dim(axis, x[axis]);
    }
    if (!mean_config_.is_null()) {
      mean_constant_ = constant("mean", mean_config_);
      variance_constant_ = constant("variance", variance_config_);
      return;
    }
    mean_ = add_weight("mean", shape, "zeros", {}, {}, false);
    variance_ = add_weight("variance", shape, "ones", {}, {}, false);
    // How many batches adapt() saw; the only weight of ours that is an integer.
    auto count =
        std::make_shared<Variable>(NameScope::weight_name("count"), TensorSpec{DType::Int32, {}},
                                   Initializer("zeros"), Constraint(), false);
    count->assign(Tensor::scalar_int(0));
    own_weights_.push_back(std::move(count));
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const bool has_weights = mean_ != nullptr;
    Tensor mean = ops::reshape(has_weights ? mean_->value() : mean_constant_, broadcast_);
    Tensor variance =
        ops::reshape(has_weights ? variance_->value() : variance_constant_, broadcast_);
    Tensor deviation = ops::maximum(ops::sqrt(variance), Tensor::scalar(kKerasEpsilon));
    const Tensor x = ops::cast(inputs[0], DType::Float32);
    if (invert_) return {ops::add(mean, ops::mul(x, deviation))};
    return {ops::div(ops::sub(x, mean), deviation)};
  }

 private:
  /// null (one mean for everything), a number or a list.
  void describe_axis(Config& c) {
    if (!c.reading()) return c.write("axis", axis_config_);
    c.json("axis", axis_config_);
    const std::string what = c.where("axis");
    if (axis_config_.is_null()) return;
    if (axis_config_.is_number()) {
      axes_.push_back(axis_config_.as_integer(what));
      return;
    }
    for (const Json& axis : axis_config_.as_array(what)) axes_.push_back(axis.as_integer(what));
  }

  std::vector<int> kept_axes(const Shape& x) const {
    const std::string what = cat(label(*this), ": axis");
    std::vector<int> out;
    for (std::int64_t axis : axes_) out.push_back(x.normalize_axis(axis, what.c_str()));
    std::sort(out.begin(), out.end());
    return out;
  }

  /// A number for all, or one value per element of the kept axes.
  Tensor constant(const char* key, const Json& json) const {
    std::vector<float> values;
    collect(json, cat(label(*this), ": ", key), values);
    const auto size = static_cast<std::size_t>(broadcast_.size());
    if (values.size() == 1) values.assign(size, float(values[0]));
    if (values.size() != size) {
      throw invalid_argument(label(*this), ": ", key, " has ", values.size(), " values, expected ",
                             size);
    }
    return Tensor::of(values, broadcast_);
  }

  Json axis_config_;
  std::vector<std::int64_t> axes_;
  Json mean_config_;
  Json variance_config_;
  bool invert_ = false;
  Shape broadcast_;
  Tensor mean_constant_;
  Tensor variance_constant_;
  VariablePtr mean_;
  VariablePtr variance_;
};

}  // namespace

LayerPtr make_Normalization() {
  return std::make_shared<Normalization>();
}

}  // namespace tfjs::layers
