#include "tfjs/models/layers_model.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/input_layer.h"
#include "tfjs/models/internal/model_state.h"

namespace tfjs::models {
namespace {

void list_layers(const layers::Layer& layer, std::vector<const layers::Layer*>& out) {
  out.push_back(&layer);
  for (const layers::LayerPtr& inner : layer.inner_layers()) list_layers(*inner, out);
}

}  // namespace

Snapshot::Snapshot(const layers::Container& network) {
  list_layers(network, layers_);
  for (const layers::Layer* layer : layers_) trainable_.push_back(layer->trainable());
  for (const layers::VariablePtr& weight : network.weights())
    versions_.push_back(weight->version());
}

bool Snapshot::has_same_structure(const layers::Container& network) const {
  const Snapshot now(network);
  return layers_ == now.layers_ && trainable_ == now.trainable_;
}

bool Snapshot::has_same_weights(const layers::Container& network) const {
  return versions_ == Snapshot(network).versions_;
}

LayersModel::State::State(layers::ContainerPtr network_in)
    : network(std::move(network_in)),
      function([this](const std::vector<Tensor>& inputs) { return forward(inputs); }) {}

LayersModel::LayersModel(layers::ContainerPtr network)
    : state_(std::make_shared<State>(std::move(network))) {}

const std::string& LayersModel::name() const {
  return state_->network->name();
}

const layers::ContainerPtr& LayersModel::network() const {
  return state_->network;
}

void LayersModel::add(const layers::LayerPtr& layer) {
  std::lock_guard lock(state_->mutex);
  state_->network->add(layer);
  state_->weights.clear();
  state_->states.clear();
  state_->function.clear();
}

std::vector<Tensor> LayersModel::get_weights() const {
  std::vector<Tensor> values;
  for (const layers::VariablePtr& weight : weights()) values.push_back(weight->value());
  return values;
}

void LayersModel::set_weights(const std::vector<Tensor>& values) const {
  const std::vector<layers::VariablePtr> targets = weights();
  if (values.size() != targets.size()) {
    throw invalid_argument("model ", quoted(name()), ": has ", targets.size(), " weights, got ",
                           values.size(), " tensors");
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (values[i].is_empty() || values[i].spec() != targets[i]->spec()) {
      throw invalid_argument("model ", quoted(name()), ": weight ", quoted(targets[i]->name()),
                             ": expected ", targets[i]->spec(), ", got ",
                             values[i].is_empty() ? cat("no tensor") : cat(values[i].spec()));
    }
  }
  for (std::size_t i = 0; i < targets.size(); ++i) targets[i]->assign(values[i]);
}

void LayersModel::reset_states() const {
  std::lock_guard lock(state_->state_mutex);
  state_->network->reset_states();
}

void LayersModel::set_threads(int threads) const {
  if (threads < 0) throw invalid_argument("set_threads: expected 0 or more, got ", threads);
  std::lock_guard lock(state_->mutex);
  state_->threads = threads;
}

void LayersModel::set_user_defined_metadata(Json metadata) const {
  if (!metadata.is_object()) {
    throw invalid_argument("model ", quoted(name()),
                           ": user defined metadata must be a JSON object, got ",
                           metadata.type_name());
  }
  state_->metadata = std::move(metadata);
}

Json LayersModel::user_defined_metadata() const {
  return state_->metadata;
}

LayersModel sequential(SequentialOptions options) {
  return LayersModel(layers::sequential(std::move(options)));
}

LayersModel model(FunctionalOptions options) {
  return LayersModel(layers::functional(std::move(options)));
}

SymbolicTensor input(InputOptions options) {
  return layers::input_layer({.input_shape = std::move(options.shape),
                              .batch_input_shape = std::move(options.batch_shape),
                              .dtype = std::move(options.dtype),
                              .name = std::move(options.name)})
      ->output(0, 0);
}

}  // namespace tfjs::models
