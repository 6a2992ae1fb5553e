// The arithmetic functions of ops/binary.def over plain arrays of floats, in vectors.
#pragma once

#include <cstdint>

#include "tfjs/ops/binary.h"

namespace tfjs::kernels {

/// out[i] = f(x[i * x_step], y[i * y_step]); steps are 0 or 1. `out` may be x or y where that has
/// step 1. Not for comparisons.
void map_binary(ops::BinaryKind kind, const float* x, std::int64_t x_step, const float* y,
                std::int64_t y_step, float* out, std::int64_t count);

}  // namespace tfjs::kernels
