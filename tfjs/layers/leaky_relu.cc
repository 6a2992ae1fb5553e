#include "tfjs/layers/leaky_relu.h"

namespace tfjs::layers {
namespace {

class LeakyReLU : public Layer {
 public:
  LeakyReLU() = default;
  explicit LeakyReLU(LeakyReLUOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "LeakyReLU"; }

  void describe(Config& c) override {
    if (c.reading()) c("negative_slope", options_.alpha);
    c("alpha", options_.alpha);
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::leaky_relu(inputs[0], static_cast<float>(options_.alpha))};
  }

 private:
  LeakyReLUOptions options_;
};

}  // namespace

LayerPtr leaky_relu(LeakyReLUOptions options) {
  return finish(std::make_shared<LeakyReLU>(std::move(options)));
}
LayerPtr make_LeakyReLU() {
  return std::make_shared<LeakyReLU>();
}

}  // namespace tfjs::layers
