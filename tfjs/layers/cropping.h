// Cuts cells off the ends of the spatial axes.
#pragma once

#include "tfjs/layers/edge.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct CroppingOptions {
  std::vector<Edge> cropping = {
      {0, 0}};  ///< cells before and after, per spatial axis or one for all
  std::string data_format = "channels_last";
  TFJS_LAYER_OPTIONS
};

/// Shapes    x       [batch, steps, channels] (1d), [batch, height, width, channels] (2d),
///                   [batch, depth, height, width, channels] (3d); with "channels_first" channels
///                   at axis 1
///           result  the same, each spatial axis shorter by its two edges
/// Errors    InvalidArgument: negative edges, nothing left.
LayerPtr cropping1d(CroppingOptions options);
LayerPtr cropping2d(CroppingOptions options);
LayerPtr cropping3d(CroppingOptions options);

}  // namespace tfjs::layers
