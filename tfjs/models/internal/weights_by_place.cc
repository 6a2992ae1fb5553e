#include "tfjs/models/internal/weights_by_place.h"

#include <algorithm>

namespace tfjs::models {
namespace {

const layers::LayerPtr* find_layer(const std::vector<layers::LayerPtr>& layers,
                                   const std::string& name) {
  for (const layers::LayerPtr& layer : layers) {
    if (layer->name() == name) return &layer;
  }
  return nullptr;
}

/// The first layer, models aside, that a part of the name names; nullptr when there is none.
layers::LayerPtr layer_of(const layers::Container& network, const std::string& weight) {
  const layers::Container* within = &network;
  for (std::size_t begin = 0; begin < weight.size();) {
    const std::size_t end = std::min(weight.find('/', begin), weight.size());
    const layers::LayerPtr* layer = find_layer(within->layers(), weight.substr(begin, end - begin));
    begin = end + 1;
    if (layer == nullptr) continue;
    const auto* model = dynamic_cast<const layers::Container*>(layer->get());
    if (model == nullptr) return *layer;
    within = model;
  }
  return nullptr;
}

bool is_backward(const std::string& name) {
  return name.find("/backward_") != std::string::npos;
}

/// Whether what the names do say agrees: the direction, and the word at the end unless it is a
/// number. Keras 3 calls a depthwise_kernel just "kernel".
bool agree(const std::string& weight, const std::string& place) {
  if (is_backward(weight) != is_backward(place)) return false;
  const std::string word = last_part(weight);
  return word.find_first_not_of("0123456789") == std::string::npos ||
         last_part(place).ends_with(word);
}

bool fit(const std::vector<const io::NamedTensor*>& weights,
         const std::vector<layers::VariablePtr>& places) {
  return std::equal(weights.begin(), weights.end(), places.begin(), places.end(),
                    [](const io::NamedTensor* weight, const layers::VariablePtr& place) {
                      return weight->tensor.shape() == place->shape() &&
                             agree(weight->name, place->name());
                    });
}

}  // namespace

WeightPlaces weights_by_place(const layers::Container& network,
                              const std::vector<io::NamedTensor>& weights,
                              const std::vector<std::string>& lost) {
  std::unordered_map<layers::LayerPtr, std::vector<const io::NamedTensor*>> of_layer;
  for (const std::string& name : lost) {
    if (layers::LayerPtr layer = layer_of(network, name)) of_layer[layer];
  }
  for (const io::NamedTensor& weight : weights) {
    const auto found = of_layer.find(layer_of(network, weight.name));
    if (found != of_layer.end()) found->second.push_back(&weight);
  }
  WeightPlaces out;
  for (auto& [layer, given] : of_layer) {
    // Files that list by the alphabet have the backward direction first.
    std::stable_partition(given.begin(), given.end(),
                          [](const io::NamedTensor* weight) { return !is_backward(weight->name); });
    const std::vector<layers::VariablePtr> places = layer->weights();
    if (!fit(given, places)) continue;
    for (std::size_t i = 0; i < given.size(); ++i) out[given[i]->name] = places[i];
  }
  return out;
}

}  // namespace tfjs::models
