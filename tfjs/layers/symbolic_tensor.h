// The output of a layer before there are numbers: what functional models are wired from.
//
// A tensor owns the call it came from, and that call owns the tensors it was made of; layers only
// look on. So the graph of calls has no cycle of owners, even where a layer is applied to its own
// output.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tfjs/base/json.h"
#include "tfjs/core/tensor.h"

namespace tfjs::layers {

class Layer;
using LayerPtr = std::shared_ptr<Layer>;
struct Node;

/// tensor `tensor_index` of call `node_index` of `layer`.
struct SymbolicTensor {
  LayerPtr layer;
  int node_index = 0;
  int tensor_index = 0;
  TensorSpec spec;  ///< the batch axis is unknown
  std::shared_ptr<const Node> node;
  const Shape& shape() const { return spec.shape; }
  bool same_as(const SymbolicTensor& other) const {
    return layer == other.layer && node_index == other.node_index &&
           tensor_index == other.tensor_index;
  }
};

/// One call of a layer on symbolic tensors.
struct Node {
  std::vector<SymbolicTensor> inputs;  ///< empty for an input layer
  std::vector<TensorSpec> outputs;
  Json kwargs;  ///< call arguments of the file: {"training": null}; an empty object normally

  /// Lets go of the calls before this one without recursion: chains may be very long.
  ~Node();
};

}  // namespace tfjs::layers
