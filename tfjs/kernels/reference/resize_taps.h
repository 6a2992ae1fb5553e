// Where each output cell of a resized axis looks in the input.
#pragma once

#include <cstdint>
#include <vector>

#include "tfjs/ops/resize.h"

namespace tfjs::kernels {

/// Two neighbours and the weight of the second. Nearest has weight 0.
struct Tap {
  std::int64_t first;
  std::int64_t second;
  double weight;
};

/// Computed in doubles, as TensorFlow.js does: nearest neighbours of ratios like 1/3 depend on it.
std::vector<Tap> resize_taps(std::int64_t input, std::int64_t output,
                             const ops::ResizeOptions& options);

}  // namespace tfjs::kernels
