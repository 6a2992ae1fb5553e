#include <algorithm>
#include <unordered_map>

#include "tfjs/layers/internal/functional_config.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {
namespace {

class Writer {
 public:
  explicit Writer(const NetworkOrder& order) {
    for (const NetworkCall& call : order.calls) calls_[call.layer.get()].push_back(&call);
    for (auto& [layer, calls] : calls_) {
      std::sort(calls.begin(), calls.end(), [](const NetworkCall* a, const NetworkCall* b) {
        return a->node_index < b->node_index;
      });
      int index = layer->first_call_index();
      for (const NetworkCall* call : calls) indices_[call->node.get()] = index++;
    }
  }

  bool is_called(const Layer& layer) const { return calls_.contains(&layer); }

  Json layer(Layer& layer) const {
    Json::Array nodes;
    const auto calls = calls_.find(&layer);
    for (const NetworkCall* call :
         calls == calls_.end() ? std::vector<const NetworkCall*>() : calls->second) {
      Json::Array node;
      for (const SymbolicTensor& input : call->node->inputs) {
        node.push_back(reference(input));
        node.back().as_array("inbound node").push_back(call->node->kwargs);
      }
      if (!node.empty()) nodes.emplace_back(std::move(node));
    }
    return Json::object({{"name", layer.name()},
                         {"class_name", layer.class_name()},
                         {"config", layer.config()},
                         {"inbound_nodes", std::move(nodes)}});
  }

  Json references(const std::vector<SymbolicTensor>& tensors) const {
    Json::Array out;
    for (const SymbolicTensor& tensor : tensors) out.push_back(reference(tensor));
    return out;
  }

 private:
  Json reference(const SymbolicTensor& tensor) const {
    // An input that no output needs has no kept call; its own node is node 0.
    const auto found = indices_.find(tensor.node.get());
    const int index = found == indices_.end() ? 0 : found->second;
    return Json::array({tensor.layer->name(), index, tensor.tensor_index});
  }

  std::unordered_map<const Layer*, std::vector<const NetworkCall*>> calls_;
  std::unordered_map<const Node*, int> indices_;
};

}  // namespace

void write_wiring(Config& c, const Wiring& wiring, const NetworkOrder& order) {
  const Writer writer(order);
  Json::Array layers;
  for (const LayerPtr& layer : order.layers) layers.push_back(writer.layer(*layer));
  // An input that no output needs is written too, as Keras does: else the loaded model would have
  // fewer inputs than this one.
  for (const SymbolicTensor& input : wiring.inputs) {
    if (!writer.is_called(*input.layer)) layers.push_back(writer.layer(*input.layer));
  }
  c.write("layers", std::move(layers));
  c.write("input_layers", writer.references(wiring.inputs));
  c.write("output_layers", writer.references(wiring.outputs));
}

}  // namespace tfjs::layers
