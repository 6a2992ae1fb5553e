// tf.layers.Layer: every class of the core is made from the config that model.json would have.
#include "tfjs/layers/layer.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/container.h"
#include "web/bindings/request.h"

namespace tfjs::web {
namespace {

std::vector<layers::SymbolicTensor> outputs_of_first_call(layers::Layer& layer) {
  for (int index = 0; index < layer.node_count(); ++index) {
    std::vector<layers::SymbolicTensor> outputs = layer.outputs_of(index);
    if (!outputs.empty()) return outputs;
  }
  return {};
}

}  // namespace

/// {class_name, config}: "tf.layers.dense" is what the error messages of its config begin with.
Json make_layer(const Request& request) {
  const Json layer =
      Json::object({{"class_name", request.text("className")}, {"config", request.at("config")}});
  return number_of(layers::default_layers().make(layer, request.text("what")));
}

Json apply_layer(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  return numbers_of(layer->apply_all(request.symbolic_tensors("inputs")));
}

/// The layer on tensors that have values, as tf.layers.Layer.apply() takes them too.
Json call_layer(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  const std::vector<Tensor> inputs = request.take_tensors("inputs");
  std::vector<Shape> shapes;
  for (const Tensor& input : inputs) shapes.push_back(input.shape());
  layer->ensure_built(shapes);
  return lend(
      layers::call_layer(*layer, inputs, {}, request.flag("training", false), nullptr).outputs);
}

Json describe_layer(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  Json::Array outputs;
  for (const layers::SymbolicTensor& tensor : outputs_of_first_call(*layer)) {
    outputs.push_back(to_json(tensor.shape()));
  }
  const auto& batch_input_shape = layer->batch_input_shape();
  return Json::object(
      {{"name", layer->name()},
       {"className", layer->class_name()},
       {"isModel", std::dynamic_pointer_cast<layers::Container>(layer) != nullptr},
       {"dtype", layer->dtype()},
       {"trainable", layer->trainable()},
       {"stateful", layer->is_stateful()},
       {"built", layer->is_built()},
       {"paramCount", layer->count_params()},
       {"batchInputShape", batch_input_shape ? to_json(*batch_input_shape) : Json()},
       {"outputShapes", Json(std::move(outputs))}});
}

/// {inputs, outputs} of the layer's only call. Errors: InvalidArgument when it has none, or
/// several.
Json layer_tensors(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  std::vector<layers::SymbolicTensor> outputs;
  for (int index = 0; index < layer->node_count(); ++index) {
    std::vector<layers::SymbolicTensor> found = layer->outputs_of(index);
    if (!found.empty() && !outputs.empty()) {
      throw invalid_argument("layer ", quoted(layer->name()), " has several calls, so that it has ",
                             "no one input and output");
    }
    if (!found.empty()) outputs = std::move(found);
  }
  if (outputs.empty()) {
    throw invalid_argument("layer ", quoted(layer->name()), " has never been called, so that it ",
                           "has no input and output yet");
  }
  return Json::object(
      {{"inputs", numbers_of(outputs[0].node->inputs)}, {"outputs", numbers_of(outputs)}});
}

Json layer_config(const Request& request) {
  return request.layer("layer")->config();
}

Json set_trainable(const Request& request) {
  request.layer("layer")->set_trainable(request.flag("trainable", true));
  return {};
}

Json output_shape(const Request& request) {
  std::vector<Shape> inputs;
  for (const Json& shape : request.at("inputShapes").as_array(request.call())) {
    inputs.push_back(parse_shape(shape, request.call()));
  }
  Json::Array shapes;
  for (const Shape& shape : request.layer("layer")->compute_output_shape(inputs)) {
    shapes.push_back(to_json(shape));
  }
  return Json(std::move(shapes));
}

Json reset_layer_states(const Request& request) {
  request.layer("layer")->reset_states();
  return {};
}

Json release_layer(const Request& request) {
  forget_layer(request.integer("layer", 0));
  return {};
}

}  // namespace tfjs::web
