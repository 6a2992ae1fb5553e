// Images of any size to one size.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct ResizingOptions {
  std::int64_t height = 0;  ///< pixels of the result; at least 1
  std::int64_t width = 0;
  std::string interpolation = "bilinear";  ///< or "nearest"
  /// As in TensorFlow.js this never crops: false aligns the corner pixels of input and result, true
  /// scales from the first pixel.
  bool crop_to_aspect_ratio = false;
  std::string data_format = "channels_last";
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, any height, any width, channels], result [batch, height, width, channels];
/// with "channels_first" channels
///           at axis 1
/// Errors    InvalidArgument: a size below 1, another interpolation. Unsupported: Keras's
/// pad_to_aspect_ratio, antialias.
LayerPtr resizing(ResizingOptions options);

}  // namespace tfjs::layers
