// A graph of layers as one layer: tf.model({inputs, outputs}), and what "Model" and "Functional"
// topologies load into. Its config is read in functional_reader.cc and written in
// functional_writer.cc; network_order.h has the order of its layers.
#pragma once

#include <string>
#include <vector>

#include "tfjs/layers/container.h"

namespace tfjs::layers {

struct FunctionalOptions {
  std::vector<SymbolicTensor> inputs;
  std::vector<SymbolicTensor> outputs;
  std::string name = {};
};

/// Errors: InvalidArgument when an input is no input layer's output or comes twice, when an output
/// needs an input layer that is not among the inputs, when two layers have one name.
ContainerPtr functional(FunctionalOptions options);

}  // namespace tfjs::layers
