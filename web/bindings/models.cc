// tf.LayersModel: built from layers, asked, run.
#include "tfjs/base/error.h"
#include "tfjs/io/router.h"
#include "tfjs/layers/container.h"
#include "tfjs/models/load_layers_model.h"
#include "web/bindings/request.h"

namespace tfjs::web {
namespace {

std::string name_option(const Request& request) {
  return request.find("name") == nullptr ? "" : request.text("name");
}

Json names(const std::vector<std::string>& texts) {
  return Json(Json::Array(texts.begin(), texts.end()));
}

}  // namespace

Json make_sequential(const Request& request) {
  return number_of(models::sequential({.name = name_option(request)}));
}

Json make_functional(const Request& request) {
  return number_of(models::model({.inputs = request.symbolic_tensors("inputs"),
                                  .outputs = request.symbolic_tensors("outputs"),
                                  .name = name_option(request)}));
}

/// A model with fresh weights: tf.models.modelFromJSON of a topology alone.
Json model_from_topology(const Request& request) {
  io::ModelArtifacts artifacts;
  artifacts.model_topology = request.at("modelTopology");
  artifacts.origin = request.text("origin");
  models::LoadOptions options;
  options.strict = false;
  return number_of(models::load_layers_model(io::from_memory(std::move(artifacts)), options).get());
}

Json add_layer(const Request& request) {
  request.model("model").add(request.layer("layer"));
  return {};
}

/// A model that is a layer of another one.
Json model_of_layer(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  auto network = std::dynamic_pointer_cast<layers::Container>(layer);
  if (network == nullptr) {
    throw invalid_argument("layer ", quoted(layer->name()), " is no model, but a ",
                           layer->class_name());
  }
  return number_of(models::LayersModel(std::move(network)));
}

/// What it is called, and the number of its network, which is a layer.
Json describe_model(const Request& request) {
  const models::LayersModel model = request.model("model");
  return Json::object({{"name", model.name()},
                       {"className", model.network()->class_name()},
                       {"network", number_of(layers::LayerPtr(model.network()))},
                       {"inputNames", names(model.input_names())},
                       {"outputNames", names(model.output_names())}});
}

// JavaScript must take up every number it is given, since that is what lets an object go again; so
// these are calls of their own.

Json model_layers(const Request& request) {
  return numbers_of(request.model("model").layers());
}

Json model_inputs(const Request& request) {
  return numbers_of(request.model("model").inputs());
}

Json model_outputs(const Request& request) {
  return numbers_of(request.model("model").outputs());
}

Json summarize(const Request& request) {
  return request.model("model").summary();
}

Json predict(const Request& request) {
  models::PredictOptions options;
  options.batch_size = request.integer("batchSize", options.batch_size);
  options.threads = static_cast<int>(request.integer("threads", options.threads));
  return lend(request.model("model").predict(request.take_tensors("inputs"), options));
}

Json user_defined_metadata(const Request& request) {
  return request.model("model").user_defined_metadata();
}

Json set_user_defined_metadata(const Request& request) {
  request.model("model").set_user_defined_metadata(request.at("metadata"));
  return {};
}

/// The model goes, and with it those of its layers that nobody but JavaScript holds besides.
Json dispose_model(const Request& request) {
  std::vector<layers::LayerPtr> layers;
  {
    const models::LayersModel model = request.model("model");
    layers = model.layers();
    forget_layer(number_of(model.network()).as_integer("network"));
  }
  forget_model(request.integer("model", 0));
  for (layers::LayerPtr& layer : layers) forget_unused(std::move(layer));
  return {};
}

Json release_model(const Request& request) {
  forget_model(request.integer("model", 0));
  return {};
}

}  // namespace tfjs::web
