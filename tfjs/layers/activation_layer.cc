#include "tfjs/layers/activation_layer.h"

namespace tfjs::layers {
namespace {

class ActivationLayer : public Layer {
 public:
  ActivationLayer() = default;
  explicit ActivationLayer(ActivationOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Activation"; }

  void describe(Config& c) override {
    c("activation", options_.activation);
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {options_.activation.apply(inputs[0])};
  }

  bool supports_masking() const override { return true; }

 private:
  ActivationOptions options_;
};

}  // namespace

LayerPtr activation(ActivationOptions options) {
  return finish(std::make_shared<ActivationLayer>(std::move(options)));
}
LayerPtr make_Activation() {
  return std::make_shared<ActivationLayer>();
}

}  // namespace tfjs::layers
