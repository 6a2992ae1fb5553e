// A stack of layers: tf.sequential().
#pragma once

#include <string>
#include <vector>

#include "tfjs/layers/container.h"

namespace tfjs::layers {

struct SequentialOptions {
  std::vector<LayerPtr> layers = {};
  std::string name = {};
};

/// Each layer takes the output of the one before. The first needs an input shape, unless it is an
/// input layer or a model.
/// Errors    InvalidArgument (also from add()): no input shape, a layer with several outputs, a
///           name that comes twice, a layer that does not fit the one before.
ContainerPtr sequential(SequentialOptions options = {});

}  // namespace tfjs::layers
