// The largest or mean value of each channel over all steps or pixels.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct GlobalPoolingOptions {
  std::string data_format = "channels_last";
  bool keepdims = false;  ///< keep the spatial axes with size 1
  TFJS_LAYER_OPTIONS
};

/// Shapes    x       [batch, steps, channels] (1d), [batch, height, width, channels] (2d),
///                   [batch, depth, height, width, channels] (3d); with "channels_first" channels
///                   at axis 1
///           result  [batch, channels]
/// Masking   a mask is ignored and dropped, as in TensorFlow.js.
LayerPtr global_max_pooling1d(GlobalPoolingOptions options = {});
LayerPtr global_max_pooling2d(GlobalPoolingOptions options = {});
LayerPtr global_max_pooling3d(GlobalPoolingOptions options = {});
LayerPtr global_average_pooling1d(GlobalPoolingOptions options = {});
LayerPtr global_average_pooling2d(GlobalPoolingOptions options = {});
LayerPtr global_average_pooling3d(GlobalPoolingOptions options = {});

}  // namespace tfjs::layers
