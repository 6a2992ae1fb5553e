// Noise that regularizes training: at inference the identity.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct GaussianNoiseOptions {
  double stddev = 0;  ///< of the noise added in training
  TFJS_LAYER_OPTIONS
};

/// Shapes    x any, result like x. Masking: passes its input's mask on.
LayerPtr gaussian_noise(GaussianNoiseOptions options);

struct GaussianDropoutOptions {
  double rate = 0;  ///< drop probability; in training x is multiplied by noise of mean 1
  TFJS_LAYER_OPTIONS
};

/// Shapes    x any, result like x. Masking: passes its input's mask on.
LayerPtr gaussian_dropout(GaussianDropoutOptions options);

struct AlphaDropoutOptions {
  double rate = 0;  ///< drop probability; in training dropped values keep mean and variance
  std::optional<Shape> noise_shape = std::nullopt;
  TFJS_LAYER_OPTIONS
};

/// Shapes    x any, result like x. Masking: passes its input's mask on.
LayerPtr alpha_dropout(AlphaDropoutOptions options);

}  // namespace tfjs::layers
