#include "tfjs/layers/sequential.h"

#include <unordered_set>

#include "tfjs/base/error.h"
#include "tfjs/layers/input_layer.h"

namespace tfjs::layers {
namespace {

class Sequential : public Container {
 public:
  std::string class_name() const override { return "Sequential"; }
  std::string default_name() const override { return unique_name("sequential_"); }
  bool takes_layer_list() const override { return true; }

  void describe(Config& c) override {
    c("name", name_);
    if (c.reading()) return read(c);
    Json::Array layers;
    for (const LayerPtr& layer : layers_) {
      layers.push_back(
          Json::object({{"class_name", layer->class_name()}, {"config", layer->config()}}));
    }
    c.write("layers", std::move(layers));
  }

  void add(LayerPtr layer) override {
    if (node_count() > 1) {
      throw invalid_argument("model ", quoted(name_),
                             ": is part of another model, no layer can be added");
    }
    if (names_.contains(layer->name())) {
      throw invalid_argument("model ", quoted(name_), ": two layers are named ",
                             quoted(layer->name()));
    }
    std::vector<SymbolicTensor> outputs =
        layers_.empty() ? begin_with(layer) : layer->apply_all(outputs_);
    if (outputs.size() != 1) {
      throw invalid_argument("model ", quoted(name_), ": layer ", quoted(layer->name()), " has ",
                             outputs.size(), " outputs; layers of a sequential model have one");
    }
    names_.insert(layer->name());
    outputs_ = std::move(outputs);
    layers_.push_back(layer);
    count_calls({layer});
    define();
  }

  const std::vector<LayerPtr>& layers() const override { return layers_; }
  const std::vector<SymbolicTensor>& inputs() const override { return inputs_; }
  const std::vector<SymbolicTensor>& outputs() const override { return outputs_; }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    CallResult at{inputs, {context.mask(0)}};
    for (const LayerPtr& layer : layers_) {
      at = call_layer(*layer, at.outputs, at.masks, context.training, context.states);
    }
    context.output_masks = std::move(at.masks);
    return std::move(at.outputs);
  }

 protected:
  std::vector<Shape> infer_shapes(const std::vector<Shape>& inputs) override {
    std::vector<Shape> shapes = inputs;
    for (const LayerPtr& layer : layers_) shapes = layer->compute_output_shape(shapes);
    return shapes;
  }

 private:
  void read(Config& c) {
    if (name_.empty()) name_ = default_name();
    const Json* layers = c.find("layers");
    if (layers == nullptr) throw corrupt_data(c.what(), ": config.layers is missing");
    // Keras keeps the shape here when it saw it only with the first data.
    if (const Json* shape = c.find("build_input_shape"); shape != nullptr && shape->is_array())
      c.shape("build_input_shape", build_shape_);
    for (const Json& json : layers->as_array(c.where("layers"))) {
      json.as_object(c.where("layers"));
      add(c.registry().make(json, c.what()));
    }
  }

  std::vector<SymbolicTensor> begin_with(const LayerPtr& layer) {
    if (const auto* model = dynamic_cast<const Container*>(layer.get())) {
      if (model->inputs().size() != 1) {
        throw invalid_argument("model ", quoted(name_), ": its first layer, model ",
                               quoted(layer->name()), ", has ", model->inputs().size(),
                               " inputs; a sequential model has one");
      }
      inputs_ = model->inputs();
      return model->outputs();
    }
    if (layer->node_count() == 0) {
      inputs_ = {implicit_input(*layer)};
      return layer->apply_all(inputs_);
    }
    std::vector<SymbolicTensor> outputs = layer->outputs_of(0);
    if (!outputs.at(0).node->inputs.empty()) {
      throw invalid_argument("model ", quoted(name_), ": its first layer, ", quoted(layer->name()),
                             ", is part of another model already");
    }
    inputs_ = outputs;
    return outputs;
  }

  SymbolicTensor implicit_input(const Layer& layer) const {
    const std::optional<Shape>& shape =
        layer.batch_input_shape() ? layer.batch_input_shape() : build_shape_;
    if (!shape) {
      throw invalid_argument("model ", quoted(name_), ": its first layer, ", quoted(layer.name()),
                             " (", layer.class_name(),
                             "), needs an input_shape or batch_input_shape");
    }
    return input_layer({.batch_input_shape = shape,
                        .dtype = layer.dtype(),
                        .name = layer.name() + "_input"})
        ->output(0, 0);
  }

  std::vector<LayerPtr> layers_;
  std::vector<SymbolicTensor> inputs_, outputs_;
  std::unordered_set<std::string> names_;
  std::optional<Shape> build_shape_;
};

}  // namespace

ContainerPtr sequential(SequentialOptions options) {
  auto model = std::make_shared<Sequential>();
  model->set_name(options.name.empty() ? model->default_name() : std::move(options.name));
  for (LayerPtr& layer : options.layers) model->add(std::move(layer));
  return model;
}

LayerPtr make_Sequential() {
  return std::make_shared<Sequential>();
}

}  // namespace tfjs::layers
