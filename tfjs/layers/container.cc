#include "tfjs/layers/container.h"

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"

namespace tfjs::layers {
namespace {

// Far beyond any real model (a 1000-layer network has 1000), far below what tracing cannot finish:
// a file of a few kilobytes can nest models that double the count at each level.
constexpr std::int64_t kMostCalls = 1'000'000;

std::vector<std::string> layer_names(const std::vector<SymbolicTensor>& tensors) {
  std::vector<std::string> names;
  for (const SymbolicTensor& tensor : tensors) names.push_back(tensor.layer->name());
  return names;
}

}  // namespace

std::vector<std::string> Container::input_names() const {
  return layer_names(inputs());
}
std::vector<std::string> Container::output_names() const {
  return layer_names(outputs());
}

LayerPtr Container::get_layer(const std::string& name) const {
  std::vector<std::string> known;
  for (const LayerPtr& layer : layers()) {
    if (layer->name() == name) return layer;
    known.push_back(layer->name());
  }
  throw not_found("model ", quoted(name_), " has no layer ", quoted(name),
                  did_you_mean(name, known));
}

void Container::add(LayerPtr) {
  throw unsupported(
      "model ", quoted(name_),
      ": layers can be added to a sequential model only; wire a new one with model()");
}

std::vector<VariablePtr> Container::state_variables() const {
  std::vector<VariablePtr> out;
  for (const LayerPtr& layer : layers()) {
    for (const VariablePtr& state : layer->state_variables()) out.push_back(state);
  }
  return out;
}

bool Container::is_stateful() const {
  for (const LayerPtr& layer : layers()) {
    if (layer->is_stateful()) return true;
  }
  return false;
}

void Container::reset_states() {
  for (const LayerPtr& layer : layers()) layer->reset_states();
}

void Container::set_trainable(bool trainable) {
  Layer::set_trainable(trainable);
  for (const LayerPtr& layer : layers()) layer->set_trainable(trainable);
}

bool Container::is_batch_independent() const {
  for (const LayerPtr& layer : layers()) {
    if (!layer->is_batch_independent()) return false;
  }
  return true;
}

std::vector<Tensor> Container::compute_mask(const std::vector<Tensor>& inputs,
                                            const std::vector<Tensor>& masks, std::size_t) {
  CallContext context{.masks = masks};
  call(inputs, context);
  return std::move(*context.output_masks);
}

std::vector<Shape> Container::compute_output_shape(const std::vector<Shape>& shapes) {
  if (shapes.size() != inputs().size()) {
    throw invalid_argument("model ", quoted(name_), ": expected ", inputs().size(), " inputs (",
                           join(input_names(), ", "), "), got ", shapes.size());
  }
  std::vector<Shape> declared;
  for (const SymbolicTensor& input : inputs()) declared.push_back(input.shape());
  if (shapes != declared) return infer_shapes(shapes);
  std::vector<Shape> out;
  for (const SymbolicTensor& output : outputs()) out.push_back(output.shape());
  return out;
}

void Container::define() {
  Node node;
  node.inputs = inputs();
  for (const SymbolicTensor& output : outputs()) node.outputs.push_back(output.spec);
  node.kwargs = Json::object();
  set_own_node(std::move(node));
  built_ = true;
}

void Container::count_calls(const std::vector<LayerPtr>& called) {
  for (const LayerPtr& layer : called) {
    const auto* model = dynamic_cast<const Container*>(layer.get());
    calls_ += model == nullptr ? 1 : model->calls_;
    if (calls_ > kMostCalls) {
      throw invalid_argument("model ", quoted(name_), ": its nested models come to more than ",
                             kMostCalls, " layer calls");
    }
  }
}

}  // namespace tfjs::layers
