// TensorFlow.js lists the layers farthest from an output first. Layers equally far stand in the
// order in which a depth-first walk from the outputs first meets them (it meets a layer before that
// layer's inputs). A layer called several times stands as far away as its farthest call.
//
// The walk leaves calls in an order in which each comes after its inputs, so running the order
// backwards visits every consumer before what it consumes, and one pass settles the distances.

#include "tfjs/layers/network_order.h"

#include <algorithm>
#include <unordered_map>

namespace tfjs::layers {
namespace {

struct Visit {
  NetworkCall call;
  std::size_t next_input = 0;
};

class Walk {
 public:
  void from(const SymbolicTensor& output) {
    enter(output);
    while (!open_.empty()) {
      Visit& top = open_.back();
      if (top.next_input < top.call.node->inputs.size()) {
        enter(top.call.node->inputs[top.next_input++]);
      } else {
        calls.push_back(std::move(top.call));
        open_.pop_back();
      }
    }
  }

  std::vector<NetworkCall> calls;
  std::unordered_map<const Layer*, int> met;  ///< layers, numbered as they were met

 private:
  void enter(const SymbolicTensor& tensor) {
    if (!seen_.emplace(tensor.node.get(), true).second) return;
    met.emplace(tensor.layer.get(), static_cast<int>(met.size()));
    open_.push_back({{tensor.layer, tensor.node_index, tensor.node}});
  }

  std::unordered_map<const Node*, bool> seen_;
  std::vector<Visit> open_;
};

}  // namespace

NetworkOrder order_network(const std::vector<SymbolicTensor>& outputs) {
  Walk walk;
  for (const SymbolicTensor& output : outputs) walk.from(output);

  std::unordered_map<const Node*, int> node_depth;
  std::unordered_map<const Layer*, int> layer_depth;
  for (auto call = walk.calls.rbegin(); call != walk.calls.rend(); ++call) {
    int& of_layer = layer_depth[call->layer.get()];
    of_layer = std::max(of_layer, node_depth[call->node.get()]);
    for (const SymbolicTensor& input : call->node->inputs) {
      int& of_input = node_depth[input.node.get()];
      of_input = std::max(of_input, of_layer + 1);
    }
  }

  NetworkOrder order;
  std::unordered_map<const Layer*, bool> listed;
  for (const NetworkCall& call : walk.calls) {
    if (listed.emplace(call.layer.get(), true).second) order.layers.push_back(call.layer);
  }
  std::sort(order.layers.begin(), order.layers.end(), [&](const LayerPtr& a, const LayerPtr& b) {
    const int depth_a = layer_depth[a.get()];
    const int depth_b = layer_depth[b.get()];
    return depth_a != depth_b ? depth_a > depth_b : walk.met[a.get()] < walk.met[b.get()];
  });
  order.calls = std::move(walk.calls);
  return order;
}

}  // namespace tfjs::layers
