// Applies a layer to every step of a sequence.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct TimeDistributedOptions {
  LayerPtr layer = nullptr;
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, time, ...], result [batch, time, ...] as the layer makes of [batch, ...]
/// Errors    InvalidArgument: no layer; rank below 3; a layer with several outputs.
LayerPtr time_distributed(TimeDistributedOptions options);

}  // namespace tfjs::layers
