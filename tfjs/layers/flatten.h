// Each sample as one row.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct FlattenOptions {
  /// "channels_first": axis 1 becomes the last before flattening, so that the order is that of
  /// channels last.
  std::optional<std::string> data_format = std::nullopt;
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, ...] of rank 2 or more, result [batch, product of the other dims]
LayerPtr flatten(FlattenOptions options = {});

}  // namespace tfjs::layers
