// Which layer calls a model's outputs need, in which order they can be made, and in which order
// model.json lists the layers.
#pragma once

#include <vector>

#include "tfjs/layers/symbolic_tensor.h"

namespace tfjs::layers {

/// One layer call that the outputs need.
struct NetworkCall {
  LayerPtr layer;
  int node_index = 0;
  std::shared_ptr<const Node> node;
};

struct NetworkOrder {
  std::vector<NetworkCall> calls;  ///< each after the calls it takes its inputs from
  std::vector<LayerPtr> layers;    ///< as TensorFlow.js orders them in files
};

NetworkOrder order_network(const std::vector<SymbolicTensor>& outputs);

}  // namespace tfjs::layers
