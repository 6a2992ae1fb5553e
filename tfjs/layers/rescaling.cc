#include "tfjs/layers/rescaling.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"

namespace tfjs::layers {
namespace {

Tensor as_tensor(const std::vector<double>& values) {
  if (values.size() == 1) return Tensor::scalar(static_cast<float>(values[0]));
  return Tensor::of(std::vector<float>(values.begin(), values.end()),
                    {static_cast<std::int64_t>(values.size())});
}

class Rescaling : public Layer {
 public:
  Rescaling() = default;
  explicit Rescaling(RescalingOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Rescaling"; }

  void describe(Config& c) override {
    describe_numbers(c, "scale", options_.scale);
    describe_numbers(c, "offset", options_.offset);
    describe_base(c);
  }

  void validate() override {
    if (options_.scale.empty() || options_.offset.empty()) {
      throw invalid_argument(label(*this), ": scale and offset need at least one value");
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 1, "[batch, ...]");
    for (const std::vector<double>* values : {&options_.scale, &options_.offset}) {
      const auto size = static_cast<std::int64_t>(values->size());
      if (size != 1 && x[-1] != size) {
        throw invalid_argument(label(*this), ": has ", size,
                               " values for the channels of input of shape ", x);
      }
    }
    return {x};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::add(ops::mul(inputs[0], as_tensor(options_.scale)), as_tensor(options_.offset))};
  }

 private:
  /// A number, or (Keras) a list of them.
  static void describe_numbers(Config& c, const char* key, std::vector<double>& values) {
    if (!c.reading()) {
      if (values.size() == 1) return c.write(key, values[0]);
      return c.write(key, Json(Json::Array(values.begin(), values.end())));
    }
    const Json* json = c.find(key);
    if (json == nullptr) return;
    values.clear();
    if (json->is_number()) {
      values.push_back(json->as_number(c.where(key)));
      return;
    }
    for (const Json& value : json->as_array(c.where(key)))
      values.push_back(value.as_number(c.where(key)));
  }

  RescalingOptions options_;
};

}  // namespace

LayerPtr rescaling(RescalingOptions options) {
  return finish(std::make_shared<Rescaling>(std::move(options)));
}
LayerPtr make_Rescaling() {
  return std::make_shared<Rescaling>();
}

}  // namespace tfjs::layers
