// The two ends of a spatial axis: what Cropping and ZeroPadding take.
#pragma once

#include <cstdint>

namespace tfjs::layers {

/// Cells before the first and after the last.
struct Edge {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

}  // namespace tfjs::layers
