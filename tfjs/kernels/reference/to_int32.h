// The int32 that JavaScript stores for a number: TensorFlow.js computes int32 tensors in doubles.
#pragma once

#include <cmath>
#include <cstdint>

namespace tfjs::kernels {

/// Truncated, then modulo 2^32; NaN and infinities are 0.
inline std::int32_t to_int32(double x) {
  if (!std::isfinite(x)) return 0;
  if (x > -2147483649.0 && x < 2147483648.0) return static_cast<std::int32_t>(x);
  const double wrapped = std::fmod(std::trunc(x), 4294967296.0);
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(wrapped)));
}

}  // namespace tfjs::kernels
