// The weights of a layer or a model (a model's network is a layer), in the order of files.
#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/layer.h"
#include "web/bindings/request.h"

namespace tfjs::web {
namespace {

/// All weights, or those alone that training changes.
std::vector<layers::VariablePtr> chosen_weights(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  return request.flag("trainableOnly", false) ? layer->trainable_weights() : layer->weights();
}

}  // namespace

Json layer_weights(const Request& request) {
  const std::vector<layers::VariablePtr> trainable = request.layer("layer")->trainable_weights();
  Json::Array weights;
  for (const layers::VariablePtr& weight : chosen_weights(request)) {
    const bool is_trainable =
        std::find(trainable.begin(), trainable.end(), weight) != trainable.end();
    weights.push_back(Json::object({{"name", weight->name()},
                                    {"dtype", name(weight->spec().dtype)},
                                    {"shape", to_json(weight->shape())},
                                    {"trainable", is_trainable}}));
  }
  return Json(std::move(weights));
}

Json read_weights(const Request& request) {
  std::vector<Tensor> values;
  for (const layers::VariablePtr& weight : chosen_weights(request)) {
    values.push_back(weight->value());
  }
  return lend(values);
}

/// All or none: every value is checked before the first is assigned.
Json write_weights(const Request& request) {
  const layers::LayerPtr layer = request.layer("layer");
  const std::vector<layers::VariablePtr> weights = layer->weights();
  const std::vector<Tensor> values = request.take_tensors("values");
  if (values.size() != weights.size()) {
    throw invalid_argument("setWeights: ", quoted(layer->name()), " has ", weights.size(),
                           " weights, but ", values.size(), " values were given");
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i]->spec() == values[i].spec()) continue;
    throw invalid_argument("setWeights: weight ", quoted(weights[i]->name()), " is ",
                           weights[i]->spec(), ", but the value is ", values[i].spec());
  }
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i]->assign(values[i]);
  return {};
}

}  // namespace tfjs::web
