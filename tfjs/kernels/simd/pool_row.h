// What a pooling kernel works on: one row of output cells.
#pragma once

#include <algorithm>
#include <cstdint>

#include "tfjs/shape/conv.h"

namespace tfjs::kernels {

/// The part of the input under the row's windows, and the row. Images are volumes of depth 1.
struct PoolRow {
  const float* x;  ///< the first cell of that part in the row's first plane and line
  std::int64_t depth;
  std::int64_t plane;  ///< floats from one plane to the next
  std::int64_t height;
  std::int64_t line;
  shape::ConvAxis width;
  std::int64_t channels;
  float* out;
};

/// Cells [begin, end) of the input under one window.
struct WindowRange {
  std::int64_t begin;
  std::int64_t end;
};

inline WindowRange window_range(const shape::ConvAxis& axis, std::int64_t output) {
  const std::int64_t begin = output * axis.stride - axis.pad_before;
  return {std::max<std::int64_t>(begin, 0), std::min(begin + axis.kernel, axis.input)};
}

}  // namespace tfjs::kernels
