// Enlarges sequences, images and volumes by whole factors.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct UpSamplingOptions {
  std::vector<std::int64_t> size = {2};  ///< factor per spatial axis, or one for all
  std::string data_format = "channels_last";
  std::string interpolation = "nearest";  ///< images only: "nearest" (repeats cells) or "bilinear"
  TFJS_LAYER_OPTIONS
};

/// Bilinear reads cell i at i / size, clamped at the edge (no half-pixel shift, unlike Keras).
///
/// Shapes    x       [batch, steps, channels] (1d), [batch, height, width, channels] (2d),
///                   [batch, depth, height, width, channels] (3d); with "channels_first" channels
///                   at axis 1
///           result  the same, each spatial axis times its factor
/// Errors    InvalidArgument: a factor below 1, another interpolation.
LayerPtr up_sampling1d(UpSamplingOptions options = {});
LayerPtr up_sampling2d(UpSamplingOptions options = {});
LayerPtr up_sampling3d(UpSamplingOptions options = {});

}  // namespace tfjs::layers
