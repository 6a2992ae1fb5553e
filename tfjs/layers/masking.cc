#include "tfjs/layers/masking.h"

#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/reduce.h"

namespace tfjs::layers {
namespace {

class Masking : public Layer {
 public:
  Masking() = default;
  explicit Masking(MaskingOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Masking"; }

  void describe(Config& c) override {
    c("mask_value", options_.mask_value);
    describe_base(c);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    return {one_input_at_least(*this, inputs, 2, "[batch, ..., features]")};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::mul(inputs[0], ops::cast(kept_steps(inputs[0], true), DType::Float32))};
  }

  bool supports_masking() const override { return true; }

  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override {
    return {kept_steps(inputs[0], false)};
  }

 private:
  Tensor kept_steps(const Tensor& x, bool keep_dims) const {
    Tensor differs = ops::not_equal(x, Tensor::scalar(static_cast<float>(options_.mask_value)));
    return ops::reduce(ops::ReduceKind::Any, differs, {-1}, keep_dims);
  }

  MaskingOptions options_;
};

}  // namespace

LayerPtr masking(MaskingOptions options) {
  return finish(std::make_shared<Masking>(std::move(options)));
}
LayerPtr make_Masking() {
  return std::make_shared<Masking>();
}

}  // namespace tfjs::layers
