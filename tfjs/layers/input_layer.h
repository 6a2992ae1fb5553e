// Where a model's input enters the graph of layers.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct InputLayerOptions {
  ShapeOption input_shape = {};        ///< without the batch axis
  ShapeOption batch_input_shape = {};  ///< with it; exactly one of the two
  std::string dtype = "float32";       ///< feeds are cast to it
  bool sparse = false;
  std::string name = {};
};

/// Shapes    result [batch, ...] as told.
/// Errors    InvalidArgument: neither or both shapes given; an unknown dtype.
LayerPtr input_layer(InputLayerOptions options);

}  // namespace tfjs::layers
