#include "tfjs/layers/elu.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class ELU : public Layer {
 public:
  ELU() = default;
  explicit ELU(ELUOptions options) : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "ELU"; }

  void describe(Config& c) override {
    c("alpha", options_.alpha);
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const Tensor& x = inputs[0];
    if (options_.alpha == 1) return {ops::unary(x, {.kind = ops::UnaryKind::Elu})};
    // Elu of min(x, 0) is exp(x) - 1 below 0 and 0 above.
    Tensor below = ops::unary(ops::minimum(x, Tensor::scalar(0)), {.kind = ops::UnaryKind::Elu});
    return {ops::add(ops::relu(x),
                     ops::mul(below, Tensor::scalar(static_cast<float>(options_.alpha))))};
  }

 private:
  ELUOptions options_;
};

}  // namespace

LayerPtr elu(ELUOptions options) {
  return finish(std::make_shared<ELU>(std::move(options)));
}
LayerPtr make_ELU() {
  return std::make_shared<ELU>();
}

}  // namespace tfjs::layers
