// Puts the weights of a file into the weights of a model: by name, or by number in files of
// Keras 3.
#pragma once

#include <string>
#include <vector>

#include "tfjs/io/weights_codec.h"
#include "tfjs/layers/container.h"

namespace tfjs::models {

/// Names match exactly; else with the part before the last removed, as Python's Keras names the
/// cells of recurrent layers (bidirectional/forward_lstm/lstm_cell_1/kernel). Where the first name
/// ends in a number, names are <layer>/<place among the layer's weights>. When `strict`, names may
/// begin with the model's, as in Keras 3, and weights of a layer whose names say nothing else are
/// taken in order where all shapes agree.
/// Returns   whether every weight of the model got a value.
/// Errors    CorruptData naming the weight: shape or dtype that differs, two weights for one place,
///           two layers that want one name; when `strict`, NotFound for a weight of the file that
///           the model has no place for and for weights of the model that the file lacks.
bool assign_weights(const layers::Container& network, const std::vector<io::NamedTensor>& weights,
                    bool strict, const std::string& what);

}  // namespace tfjs::models
