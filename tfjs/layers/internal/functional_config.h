// The config of "Model" and "Functional" topologies: {name, layers, input_layers, output_layers},
// where each layer carries inbound_nodes, one per call of the layer.
#pragma once

#include <vector>

#include "tfjs/layers/config.h"
#include "tfjs/layers/network_order.h"

namespace tfjs::layers {

struct Wiring {
  std::vector<SymbolicTensor> inputs;
  std::vector<SymbolicTensor> outputs;
};

/// Makes the layers and their calls. Accepts TensorFlow.js's and Keras 2's arrays and Keras 3's
/// {args, kwargs} objects.
/// Errors: CorruptData naming the layers concerned: an unknown layer, a call that never comes, a
/// tensor index out of range, layers that wait for each other, a name that comes twice.
Wiring read_wiring(const Config& c);

/// Writes layers, input_layers and output_layers; calls are renumbered to those the model keeps.
void write_wiring(Config& c, const Wiring& wiring, const NetworkOrder& order);

/// One tensor of one call, as files name it.
struct TensorReference {
  std::string layer;
  std::int64_t node_index = 0;
  std::int64_t tensor_index = 0;
  /// Keras 3, within calls: node_index counts calls, a model's definition is none of them.
  bool counts_calls = false;
};

/// One call of a layer as a file gives it.
struct CallReference {
  std::vector<TensorReference> inputs;
  Json kwargs = Json::object();
};

/// The calls in `inbound_nodes` of layer `what`.
std::vector<CallReference> parse_inbound_nodes(const Json& nodes, const std::string& what);
/// input_layers and output_layers: a list of [name, node, tensor], or one alone.
std::vector<TensorReference> parse_references(const Json& json, const std::string& what);

}  // namespace tfjs::layers
