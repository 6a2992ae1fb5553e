// Dropout: at inference the identity.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct DropoutOptions {
  double rate = 0;  ///< share of values set to 0 in training; clamped to [0, 1]
  std::optional<Shape> noise_shape =
      std::nullopt;  ///< of the mask, broadcast to x; unknown dims are x's
  std::optional<std::int64_t> seed = std::nullopt;
  TFJS_LAYER_OPTIONS
};

/// Shapes    x any, result like x. Masking: passes its input's mask on.
LayerPtr dropout(DropoutOptions options);

/// Drops whole channels. Shapes: x [batch, steps, channels] (1d), [batch, height, width, channels]
/// (2d), [batch, depth, height, width, channels] (3d).
LayerPtr spatial_dropout1d(DropoutOptions options);
LayerPtr spatial_dropout2d(DropoutOptions options);
LayerPtr spatial_dropout3d(DropoutOptions options);

}  // namespace tfjs::layers
