// Adds zeros at the ends of the spatial axes.
#pragma once

#include "tfjs/layers/edge.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ZeroPaddingOptions {
  std::vector<Edge> padding = {
      {1, 1}};  ///< zeros before and after, per spatial axis or one for all
  std::string data_format = "channels_last";
  TFJS_LAYER_OPTIONS
};

/// Shapes    x       [batch, steps, channels] (1d), [batch, height, width, channels] (2d),
///                   [batch, depth, height, width, channels] (3d); with "channels_first" channels
///                   at axis 1
///           result  the same, each spatial axis longer by its two edges
/// Errors    InvalidArgument: negative edges.
LayerPtr zero_padding1d(ZeroPaddingOptions options = {});
LayerPtr zero_padding2d(ZeroPaddingOptions options = {});
LayerPtr zero_padding3d(ZeroPaddingOptions options = {});

}  // namespace tfjs::layers
