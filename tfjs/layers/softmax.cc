#include "tfjs/layers/softmax.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class Softmax : public Layer {
 public:
  Softmax() = default;
  explicit Softmax(SoftmaxOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Softmax"; }

  void describe(Config& c) override {
    describe_axis(c);
    describe_base(c);
  }

  void validate() override {
    if (options_.axis.empty())
      throw invalid_argument(label(*this), ": axis must name at least one axis");
    if (options_.axis.size() > 1) axis_is_list_ = true;
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 1, "of any shape");
    axes(x);
    return {x};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = inputs[0];
    Tensor mask = context.mask(0);
    if (!mask.is_empty()) {
      while (mask.rank() < x.rank()) mask = ops::expand_dims(mask, -1);
      Tensor excluded = ops::sub(Tensor::scalar(1), ops::cast(mask, DType::Float32));
      x = ops::add(x, ops::mul(excluded, Tensor::scalar(-1e9f)));
    }
    const std::vector<int> over = axes(x.shape());
    if (over.size() == 1 && over[0] == x.rank() - 1) return {ops::softmax(x)};
    Tensor e = ops::exp(ops::sub(x, ops::reduce(ops::ReduceKind::Max, x, over, true)));
    return {ops::div(e, ops::reduce(ops::ReduceKind::Sum, e, over, true))};
  }

  bool is_batch_independent() const override {
    return std::find(options_.axis.begin(), options_.axis.end(), 0) == options_.axis.end();
  }

 private:
  void describe_axis(Config& c) {
    if (!c.reading()) {
      if (axis_is_list_) return c("axis", options_.axis);
      return c.write("axis", options_.axis[0]);
    }
    const Json* axis = c.find("axis");
    if (axis == nullptr) return;
    axis_is_list_ = axis->is_array();
    if (axis_is_list_) return c("axis", options_.axis);
    options_.axis = {axis->as_integer(c.where("axis"))};
  }

  std::vector<int> axes(const Shape& x) const {
    const std::string what = cat(label(*this), ": axis");
    std::vector<int> out;
    for (std::int64_t axis : options_.axis) out.push_back(x.normalize_axis(axis, what.c_str()));
    return out;
  }

  SoftmaxOptions options_;
  bool axis_is_list_ = false;
};

}  // namespace

LayerPtr softmax(SoftmaxOptions options) {
  return finish(std::make_shared<Softmax>(std::move(options)));
}
LayerPtr make_Softmax() {
  return std::make_shared<Softmax>();
}

}  // namespace tfjs::layers
