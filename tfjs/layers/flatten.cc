#include "tfjs/layers/flatten.h"

#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Flatten : public Layer {
 public:
  Flatten() = default;
  explicit Flatten(FlattenOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Flatten"; }

  void describe(Config& c) override {
    if (c.reading()) {
      std::string data_format;
      c("data_format", data_format);
      if (!data_format.empty()) options_.data_format = data_format;
    } else if (options_.data_format) {
      c("data_format", *options_.data_format);
    }
    describe_base(c);
  }

  void validate() override {
    if (options_.data_format) check_data_format(*this, *options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 2, "[batch, ...]");
    const Shape sample = x.sub(1);
    return {{x[0], sample.is_known() ? sample.size() : kUnknown}};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(inputs[0], options_.data_format.value_or("channels_last"));
    return {ops::reshape(x, {x.shape()[0], x.shape().sub(1).size()})};
  }

 private:
  FlattenOptions options_;
};

}  // namespace

LayerPtr flatten(FlattenOptions options) {
  return finish(std::make_shared<Flatten>(std::move(options)));
}
LayerPtr make_Flatten() {
  return std::make_shared<Flatten>();
}

}  // namespace tfjs::layers
