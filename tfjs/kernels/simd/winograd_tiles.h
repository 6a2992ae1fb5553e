// What Winograd's convolution does to a tile before and after the products (see winograd.h).
#pragma once

#include <cstdint>

#include "tfjs/kernels/simd/gemm_block.h"

namespace tfjs::kernels {

/// Products of a tile: the points of its 4 x 4 cells.
inline constexpr int kWinogradPoints = 16;
/// Input cells and output cells of a tile along an axis.
inline constexpr int kWinogradInputs = 4;
inline constexpr int kWinogradOutputs = 2;

/// B' d B of one tile: `pixels` [4][4] point at channel 0 of the cells (outside of the image, at
/// zeros), point i goes to out[i * stride + channel].
void winograd_input(const float* const* pixels, std::int64_t channels, float* out,
                    std::int64_t stride);

/// Outputs of a tile, `columns` of them from `column` on.
struct WinogradOutput {
  const float* sums;     ///< point i, column j at sums[i * stride + j]
  std::int64_t stride;   ///< of whole vectors
  float* const* pixels;  ///< [2][2]: channel 0 of the output cells, nullptr outside of the image
  std::int64_t column;
  std::int64_t columns;
  const OutputStage* stage;
};

/// A' m A, then bias, residual and those activations that fit (fuses_in_registers).
void winograd_output(const WinogradOutput& tile);

/// One point of G g G' for every pair of channels: `filter` is [3, 3, pairs], `out` [pairs], where
/// pairs = channels_in * channels_out and `point` is 0 to 15.
void winograd_filter(const float* filter, std::int64_t pairs, int point, float* out);

}  // namespace tfjs::kernels
