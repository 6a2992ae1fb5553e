// Keras's ActivityRegularization: adds to the loss of training what its input weighs, and passes
// the input on.
#include "tfjs/layers/layer.h"

namespace tfjs::layers {
namespace {

class ActivityRegularization : public Layer {
 public:
  std::string class_name() const override { return "ActivityRegularization"; }

  void describe(Config& c) override {
    c("l1", l1_);
    c("l2", l2_);
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {inputs[0]};
  }

  bool supports_masking() const override { return true; }

 private:
  double l1_ = 0;
  double l2_ = 0;
};

}  // namespace

LayerPtr make_ActivityRegularization() {
  return std::make_shared<ActivityRegularization>();
}

}  // namespace tfjs::layers
