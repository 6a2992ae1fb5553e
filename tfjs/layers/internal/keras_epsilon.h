#pragma once

namespace tfjs::layers {

/// What Keras and TensorFlow.js keep divisors away from zero with ("backend.epsilon()").
inline constexpr float kKerasEpsilon = 1e-7f;

}  // namespace tfjs::layers
