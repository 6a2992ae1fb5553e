#include "tfjs/layers/concatenate.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

Tensor all_true(const Shape& shape) {
  return Tensor::of(std::vector<std::uint8_t>(static_cast<std::size_t>(shape.size()), 1), shape);
}

class Concatenate : public Layer {
 public:
  Concatenate() = default;
  explicit Concatenate(ConcatenateOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Concatenate"; }

  void describe(Config& c) override {
    c("axis", options_.axis);
    describe_base(c);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    if (inputs.empty()) throw invalid_argument(label(*this), ": expected at least one input");
    Shape result = inputs[0];
    const int axis = axis_of(result);
    for (std::size_t i = 1; i < inputs.size(); ++i) {
      if (inputs[i].rank() != result.rank()) refuse_inputs(inputs);
      for (int d = 0; d < result.rank(); ++d) {
        result.set_dim(
            d, d == axis ? sum(result[d], inputs[i][d]) : common(result[d], inputs[i][d], inputs));
      }
    }
    return {result};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {inputs.size() == 1 ? inputs[0] : ops::concat(inputs, axis_of(inputs[0].shape()))};
  }

  bool supports_masking() const override { return true; }

  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override {
    int mask_rank = 0;
    for (const Tensor& mask : masks) {
      if (!mask.is_empty()) mask_rank = mask.rank();
    }
    if (mask_rank == 0) return {Tensor()};
    const int axis = axis_of(inputs[0].shape());
    const bool joins_steps = axis < mask_rank;
    std::vector<Tensor> parts;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (i < masks.size() && !masks[i].is_empty()) {
        parts.push_back(masks[i]);
      } else if (joins_steps) {
        parts.push_back(all_true(inputs[i].shape().sub(0, mask_rank)));
      }
    }
    if (joins_steps) return {ops::concat(parts, axis)};
    Tensor all = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) all = ops::logical_and(all, parts[i]);
    return {all};
  }

  bool is_batch_independent() const override { return options_.axis != 0; }

 private:
  int axis_of(const Shape& shape) const {
    const std::string what = label(*this);
    return shape.normalize_axis(options_.axis, what.c_str());
  }

  std::int64_t sum(std::int64_t a, std::int64_t b) const {
    if (a == kUnknown || b == kUnknown) return kUnknown;
    const auto sum = checked_add(a, b);
    if (!sum) throw invalid_argument(label(*this), ": inputs are too large");
    return *sum;
  }

  std::int64_t common(std::int64_t a, std::int64_t b, const std::vector<Shape>& inputs) const {
    if (a != b && a != kUnknown && b != kUnknown) refuse_inputs(inputs);
    return a == kUnknown ? b : a;
  }

  [[noreturn]] void refuse_inputs(const std::vector<Shape>& inputs) const {
    throw invalid_argument(label(*this), ": inputs must be alike but for axis ", options_.axis,
                           ", got ", inputs);
  }

  ConcatenateOptions options_;
};

}  // namespace

LayerPtr concatenate(ConcatenateOptions options) {
  return finish(std::make_shared<Concatenate>(std::move(options)));
}
LayerPtr make_Concatenate() {
  return std::make_shared<Concatenate>();
}

}  // namespace tfjs::layers
