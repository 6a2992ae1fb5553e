// Finds the layer a weight of a file belongs to when its name says no more than that: Keras 3 names
// weights by the objects that hold them ("sequential/time_distributed/gru/gru_cell/kernel",
// "depthwise_conv2d/kernel"), which are not those of TensorFlow.js. Both list a layer's weights in
// the same order.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "tfjs/io/weights_codec.h"
#include "tfjs/layers/container.h"

namespace tfjs::models {

using WeightPlaces = std::unordered_map<std::string, layers::VariablePtr>;

/// The places of all weights whose layer has one of the `lost` weights: the n-th weight of the file
/// with the layer in its name is the layer's n-th. A layer is left out when the number of weights,
/// a shape, a last word ("kernel") or a direction differs.
WeightPlaces weights_by_place(const layers::Container& network,
                              const std::vector<io::NamedTensor>& weights,
                              const std::vector<std::string>& lost);

/// "a/b/kernel" to "kernel".
inline std::string last_part(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

}  // namespace tfjs::models
