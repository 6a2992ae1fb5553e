// An activation function as a layer of its own.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ActivationOptions {
  Activation activation = "linear";
  TFJS_LAYER_OPTIONS
};

/// Applies the activation elementwise (softmax: over the last axis).
/// Shapes    x any, result like x. Masking: passes its input's mask on.
LayerPtr activation(ActivationOptions options);

}  // namespace tfjs::layers
