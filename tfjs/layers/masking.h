// Marks the steps of a sequence to skip.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct MaskingOptions {
  double mask_value = 0;
  TFJS_LAYER_OPTIONS
};

/// Steps whose features all equal mask_value become 0, and the layers that follow are told to skip
/// them.
///
/// Shapes    x [batch, ..., features], result like x, mask [batch, ...]
LayerPtr masking(MaskingOptions options = {});

}  // namespace tfjs::layers
