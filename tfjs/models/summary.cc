// Keras's table of a model: a row per layer, then the parameter counts.

#include <algorithm>

#include "tfjs/models/layers_model.h"

namespace tfjs::models {
namespace {

using Row = std::vector<std::string>;

/// "[null, 4]", or a list of such.
std::string shapes_text(const std::vector<SymbolicTensor>& tensors) {
  std::vector<std::string> texts;
  for (const SymbolicTensor& tensor : tensors) texts.push_back(cat(tensor.shape()));
  return join(texts, ", ");
}

/// The outputs of the layer's first call that is still part of a model; of an input layer, its own.
std::vector<SymbolicTensor> first_outputs(layers::Layer& layer) {
  const int first = std::min(layer.first_call_index(), layer.node_count() - 1);
  for (int index = std::max(first, 0); index < layer.node_count(); ++index) {
    std::vector<SymbolicTensor> outputs = layer.outputs_of(index);
    if (!outputs.empty()) return outputs;
  }
  return {};
}

Row row_of(layers::Layer& layer, bool with_inputs) {
  const std::vector<SymbolicTensor> outputs = first_outputs(layer);
  Row row = {cat(layer.name(), " (", layer.class_name(), ")"), shapes_text(outputs),
             cat(layer.count_params())};
  if (with_inputs) {
    std::vector<std::string> from;
    if (!outputs.empty()) {
      for (const SymbolicTensor& input : outputs[0].node->inputs) {
        from.push_back(
            cat(input.layer->name(), "[", input.node_index, "][", input.tensor_index, "]"));
      }
    }
    row.push_back(join(from, ", "));
  }
  return row;
}

/// True when each layer has one call that takes the output of the layer before.
bool is_stack(const std::vector<layers::LayerPtr>& layers) {
  const layers::Layer* before = nullptr;
  for (const layers::LayerPtr& layer : layers) {
    if (layer->node_count() != layer->first_call_index() + 1 && before != nullptr) return false;
    const std::vector<SymbolicTensor> outputs = first_outputs(*layer);
    if (outputs.empty()) return false;
    const std::vector<SymbolicTensor>& inputs = outputs[0].node->inputs;
    if (before != nullptr && (inputs.size() != 1 || inputs[0].layer.get() != before)) return false;
    before = layer.get();
  }
  return true;
}

std::int64_t count(const std::vector<layers::VariablePtr>& weights) {
  std::int64_t total = 0;
  for (const layers::VariablePtr& weight : weights) total += weight->shape().size();
  return total;
}

}  // namespace

std::string LayersModel::summary() const {
  const bool with_inputs = !is_stack(layers());
  std::vector<Row> rows = {{"Layer (type)", "Output shape", "Param #"}};
  if (with_inputs) rows[0].push_back("Receives inputs");
  for (const layers::LayerPtr& layer : layers()) rows.push_back(row_of(*layer, with_inputs));

  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::size_t length = 3 * (widths.size() - 1);
  for (std::size_t width : widths) length += width;

  std::string out = cat("Model: ", name(), "\n", std::string(length, '_'), "\n");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      line += rows[r][i] + std::string(widths[i] - rows[r][i].size() + 3, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += cat(line, "\n");
    if (r == 0) out += std::string(length, '=') + "\n";
  }
  const std::int64_t trainable = count(network()->trainable_weights());
  const std::int64_t frozen = count(network()->non_trainable_weights());
  out += cat(std::string(length, '='), "\nTotal params: ", trainable + frozen,
             "\nTrainable params: ", trainable, "\nNon-trainable params: ", frozen, "\n",
             std::string(length, '_'), "\n");
  return out;
}

}  // namespace tfjs::models
