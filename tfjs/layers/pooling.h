// Max and average pooling over sequences, images and volumes.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct PoolingOptions {
  std::vector<std::int64_t> pool_size = {2};  ///< one per spatial axis, or one for all
  std::optional<std::vector<std::int64_t>> strides = std::nullopt;  ///< pool_size when not given
  std::string padding = "valid";                                    ///< "valid" or "same"
  std::string data_format = "channels_last";
  TFJS_LAYER_OPTIONS
};

/// The largest (mean) value of each window and channel. Cells of padding count neither for the
/// maximum nor in the mean.
///
/// Shapes    x       [batch, steps, channels] (1d), [batch, height, width, channels] (2d),
///                   [batch, depth, height, width, channels] (3d); with "channels_first" channels
///                   at axis 1
///           result  the same with the spatial axes as shape::conv_axis says
/// Errors    InvalidArgument: a size below 1, an unknown padding, a window larger than the input
/// with "valid".
LayerPtr max_pooling1d(PoolingOptions options);
LayerPtr max_pooling2d(PoolingOptions options);
LayerPtr max_pooling3d(PoolingOptions options);
LayerPtr average_pooling1d(PoolingOptions options);
LayerPtr average_pooling2d(PoolingOptions options);
LayerPtr average_pooling3d(PoolingOptions options);

}  // namespace tfjs::layers
