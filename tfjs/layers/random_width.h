// Images stretched or squeezed by a random factor.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct RandomSizeOptions {
  /// Lower and upper bound of the change as a share of the size: {-0.2, 0.3} is 20 % less to 30 %
  /// more. One positive value f stands for {-f, f}.
  std::vector<double> factor = {};
  std::string interpolation = "bilinear";  ///< or "nearest"
  std::optional<std::int64_t> seed = std::nullopt;
  TFJS_LAYER_OPTIONS
};

/// The width (height) is random in training only. At inference the image stays as it is, as in
/// Keras; but with equal bounds there is nothing random, and it becomes round(size * (1 + bound)),
/// as in TensorFlow.js.
///
/// Shapes    x [batch, height, width, channels]; result alike, its width (height) unknown unless
/// the bounds are equal Errors    InvalidArgument: bounds below -1 or in the wrong order, another
/// interpolation.
LayerPtr random_width(RandomSizeOptions options);
LayerPtr random_height(RandomSizeOptions options);

}  // namespace tfjs::layers
