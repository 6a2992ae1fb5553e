#include "tfjs/layers/symbolic_tensor.h"

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

Node::~Node() {
  std::vector<SymbolicTensor> dying = std::move(inputs);
  while (!dying.empty()) {
    const SymbolicTensor tensor = std::move(dying.back());
    dying.pop_back();
    if (tensor.node == nullptr || tensor.node.use_count() > 1) continue;
    // The last owner: its inputs come here, so that its own destructor finds none. Nodes are made
    // non-const by the layers.
    auto& next = const_cast<Node&>(*tensor.node).inputs;
    for (SymbolicTensor& input : next) dying.push_back(std::move(input));
    next.clear();
  }
}

}  // namespace tfjs::layers
