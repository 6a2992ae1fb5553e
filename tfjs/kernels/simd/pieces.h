// How finely loops over elements are split among threads.
#pragma once

#include <algorithm>
#include <cstdint>

#include "tfjs/runtime/parallel.h"

namespace tfjs::kernels {

/// Elements of a sum or a copy that take some 20 us: two reads and a write from the third-level
/// cache. Less is not worth waking a thread.
inline constexpr std::int64_t kCheapElementsPerPiece = 64 << 10;
/// Of an exponential or a division.
inline constexpr std::int64_t kCostlyElementsPerPiece = 16 << 10;

/// Grain of a loop over items of `elements` elements each.
inline std::int64_t items_per_piece(std::int64_t elements_per_piece, std::int64_t elements) {
  return std::max<std::int64_t>(1, elements_per_piece / std::max<std::int64_t>(1, elements));
}

}  // namespace tfjs::kernels
