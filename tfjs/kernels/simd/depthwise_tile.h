// The inner loop of depthwise convolution: a few neighbouring output pixels of one row, all
// channels.
#pragma once

#include <cstdint>

#include "tfjs/kernels/simd/gemm_block.h"

namespace tfjs::kernels {

/// Output pixels a tile computes together, so that they share the loads of weights and pixels.
inline constexpr int kDepthwisePixels = 4;

struct DepthwiseTile {
  /// Input pixels under the tile, one set for each of its `rows` filter rows that lie inside the
  /// image; a pixel outside is a pointer to zeros. With step 1 or 2 (and kernel_width 3 or 5) a set
  /// is the consecutive pixels the tile spans, 3 * step + kernel_width of them; with step 0 it is,
  /// for each filter column, one pixel for each of the 4 outputs.
  const float* const* pixels;
  const float* const* weights;  ///< per row: [kernel_width, channels]
  std::int64_t rows;
  std::int64_t kernel_width;
  std::int64_t step;
  std::int64_t channels;
  float* out;             ///< [count, channels]
  int count;              ///< outputs to store, at most kDepthwisePixels
  const float* bias;      ///< [channels], or none
  const float* residual;  ///< like out, or none
  Bounds bounds;
};

/// True when tiles of that filter row and stride have a loop of their own (step 1 or 2); else use
/// step 0.
bool has_unrolled_depthwise(std::int64_t kernel_width, std::int64_t stride, std::int64_t dilation);

void run_depthwise_tile(const DepthwiseTile& tile);

}  // namespace tfjs::kernels
