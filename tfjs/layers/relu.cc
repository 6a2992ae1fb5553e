#include "tfjs/layers/relu.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class ReLU : public Layer {
 public:
  ReLU() = default;
  explicit ReLU(ReLUOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "ReLU"; }

  void describe(Config& c) override {
    c("max_value", options_.max_value);
    keras_extra(c, "negative_slope", options_.negative_slope, 0.0);
    keras_extra(c, "threshold", options_.threshold, 0.0);
    describe_base(c);
  }

  void validate() override {
    if (options_.max_value && *options_.max_value < 0) {
      throw invalid_argument(label(*this), ": max_value must be at least 0, got ",
                             *options_.max_value);
    }
    if (options_.negative_slope < 0) {
      throw invalid_argument(label(*this), ": negative_slope must be at least 0, got ",
                             options_.negative_slope);
    }
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    if (options_.negative_slope == 0 && options_.threshold == 0) return {plain(inputs[0])};
    const Tensor& x = inputs[0];
    const Tensor threshold = Tensor::scalar(static_cast<float>(options_.threshold));
    const Tensor slope = Tensor::scalar(static_cast<float>(options_.negative_slope));
    Tensor above = x;
    if (options_.max_value)
      above = ops::minimum(x, Tensor::scalar(static_cast<float>(*options_.max_value)));
    Tensor below = ops::mul(slope, ops::sub(x, threshold));
    return {ops::select(ops::greater_equal(x, threshold), above, below)};
  }

  bool supports_masking() const override { return true; }

 private:
  /// As one op, which fuses into a convolution before it.
  Tensor plain(const Tensor& x) const {
    if (!options_.max_value) return ops::relu(x);
    if (*options_.max_value == 6) return ops::unary(x, {.kind = ops::UnaryKind::Relu6});
    return ops::clip_by_value(x, 0, static_cast<float>(*options_.max_value));
  }

  ReLUOptions options_;
};

}  // namespace

LayerPtr relu(ReLUOptions options) {
  return finish(std::make_shared<ReLU>(std::move(options)));
}
LayerPtr make_ReLU() {
  return std::make_shared<ReLU>();
}

}  // namespace tfjs::layers
