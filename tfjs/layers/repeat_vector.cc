#include "tfjs/layers/repeat_vector.h"

#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class RepeatVector : public Layer {
 public:
  RepeatVector() = default;
  explicit RepeatVector(RepeatVectorOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "RepeatVector"; }

  void describe(Config& c) override {
    c.positive("n", options_.n);
    describe_base(c);
  }

  void validate() override { check_positive(*this, "n", options_.n); }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input(*this, inputs, 2, "[batch, features]");
    return {{x[0], options_.n, x[1]}};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::tile(ops::expand_dims(inputs[0], 1), {1, options_.n, 1})};
  }

 private:
  RepeatVectorOptions options_;
};

}  // namespace

LayerPtr repeat_vector(RepeatVectorOptions options) {
  return finish(std::make_shared<RepeatVector>(std::move(options)));
}
LayerPtr make_RepeatVector() {
  return std::make_shared<RepeatVector>();
}

}  // namespace tfjs::layers
