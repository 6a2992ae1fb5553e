#include "tfjs/layers/thresholded_relu.h"

namespace tfjs::layers {
namespace {

class ThresholdedReLU : public Layer {
 public:
  ThresholdedReLU() = default;
  explicit ThresholdedReLU(ThresholdedReLUOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "ThresholdedReLU"; }

  void describe(Config& c) override {
    c("theta", options_.theta);
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::unary(inputs[0], {.kind = ops::UnaryKind::ThresholdedRelu,
                                   .alpha = static_cast<float>(options_.theta)})};
  }

 private:
  ThresholdedReLUOptions options_;
};

}  // namespace

LayerPtr thresholded_relu(ThresholdedReLUOptions options) {
  return finish(std::make_shared<ThresholdedReLU>(std::move(options)));
}
LayerPtr make_ThresholdedReLU() {
  return std::make_shared<ThresholdedReLU>();
}

}  // namespace tfjs::layers
