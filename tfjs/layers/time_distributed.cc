// The steps are independent of each other, so time is folded into the batch axis and the inner
// layer runs once.
#include "tfjs/layers/time_distributed.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

Shape without_time(const Shape& shape) {
  return concat(shape.sub(0, 1), shape.sub(2));
}

class TimeDistributed : public Layer {
 public:
  TimeDistributed() = default;
  explicit TimeDistributed(const TimeDistributedOptions& options)
      : Layer(options.base_options()), layer_(options.layer) {}

  std::string class_name() const override { return "TimeDistributed"; }

  void describe(Config& c) override {
    if (c.reading()) {
      Json layer;
      c.json("layer", layer);
      if (layer.is_null())
        throw corrupt_data(c.where("layer"), " is missing: expected {class_name, config}");
      layer_ = c.registry().make(layer, c.where("layer"));
    } else {
      c.write("layer",
              Json::object({{"class_name", layer_->class_name()}, {"config", layer_->config()}}));
    }
    describe_base(c);
  }

  void validate() override {
    if (layer_ == nullptr)
      throw invalid_argument("time_distributed ", quoted(name_), ": needs a layer");
    // As TensorFlow.js writes it: a wrapper of a frozen layer is frozen.
    if (!layer_->trainable()) trainable_ = false;
  }

  void build(const std::vector<Shape>& inputs) override {
    layer_->ensure_built_unscoped({without_time(checked(inputs))});
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& input = checked(inputs);
    const std::vector<Shape> inner = layer_->compute_output_shape({without_time(input)});
    if (inner.size() != 1) {
      throw invalid_argument("time_distributed ", quoted(name_),
                             ": the inner layer must have one output, has ", inner.size());
    }
    return {concat(input.sub(0, 2), inner[0].sub(1))};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const Shape& shape = inputs[0].shape();
    const Tensor folded = ops::reshape(inputs[0], concat(Shape{shape[0] * shape[1]}, shape.sub(2)));
    const Tensor result =
        call_layer(*layer_, {folded}, {}, context.training, context.states).outputs[0];
    return {ops::reshape(result, concat(shape.sub(0, 2), result.shape().sub(1)))};
  }

  bool supports_masking() const override { return true; }
  std::vector<LayerPtr> inner_layers() const override { return {layer_}; }
  void set_trainable(bool trainable) override {
    Layer::set_trainable(trainable);
    layer_->set_trainable(trainable);
  }
  bool is_batch_independent() const override { return layer_->is_batch_independent(); }

 private:
  const Shape& checked(const std::vector<Shape>& inputs) const {
    if (inputs.size() != 1 || inputs[0].rank() < 3) {
      throw invalid_argument("time_distributed ", quoted(name_),
                             ": expected one input [batch, time, ...] of rank 3 or more, got ",
                             inputs);
    }
    return inputs[0];
  }

  LayerPtr layer_;
};

}  // namespace

LayerPtr time_distributed(TimeDistributedOptions options) {
  return finish(std::make_shared<TimeDistributed>(options));
}
LayerPtr make_TimeDistributed() {
  return std::make_shared<TimeDistributed>();
}

}  // namespace tfjs::layers
