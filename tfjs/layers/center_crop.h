// The middle of images.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct CenterCropOptions {
  std::int64_t height = 0;  ///< pixels of the result; at least 1
  std::int64_t width = 0;
  std::string data_format = "channels_last";
  TFJS_LAYER_OPTIONS
};

/// An image smaller than the result in either direction is resized (bilinear) instead. Which pixels
/// are taken is as in TensorFlow.js, which rounds positions of a crop-and-resize: not always those
/// of a plain slice.
///
/// Shapes    x [batch, any height, any width, channels], result [batch, height, width, channels];
/// with "channels_first" channels
///           at axis 1
/// Errors    InvalidArgument: a size below 1.
LayerPtr center_crop(CenterCropOptions options);

}  // namespace tfjs::layers
