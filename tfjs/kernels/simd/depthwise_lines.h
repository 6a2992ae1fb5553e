// The inner loop of depthwise convolution: one or two lines of output pixels, some channels.
#pragma once

#include <cstdint>

#include "tfjs/kernels/simd/gemm_block.h"

namespace tfjs::kernels {

/// Neighbouring output pixels computed together: tables of pixels are filled up to a multiple of
/// it.
inline constexpr std::int64_t kDepthwisePixels = 4;

/// How a filter's lines are computed.
struct DepthwisePlan {
  bool is_unrolled;  ///< a loop of its own for this filter and stride
  int out_lines;     ///< output lines at once, so that they share input pixels
};
DepthwisePlan plan_depthwise(std::int64_t kernel_height, std::int64_t kernel_width,
                             std::int64_t stride_height, std::int64_t stride_width,
                             bool is_dilated);

struct DepthwiseLines {
  /// Pointers to channel 0 of input pixels; those outside the image point at zeros.
  /// Unrolled: the pixels of each input line under the output lines, [(out_lines - 1) * stride +
  /// kernel_height] [pixel_columns], from the leftmost the first output sees. Otherwise: for each
  /// tap the pixel under it for every output, [kernel_height * kernel_width][pixel_columns].
  const float* const* pixels;
  std::int64_t pixel_columns;
  const float* weights;  ///< [kernel_height, kernel_width, channels]
  std::int64_t kernel_height;
  std::int64_t kernel_width;
  std::int64_t stride;
  bool is_unrolled;
  int out_lines;
  std::int64_t columns;  ///< outputs of a line
  std::int64_t channels;
  std::int64_t channel_begin;
  std::int64_t channel_end;
  float* out;             ///< [out_lines, columns, channels]
  const float* bias;      ///< [channels], or none
  const float* residual;  ///< like out, or none
  Bounds bounds;
};

void run_depthwise_lines(const DepthwiseLines& lines);

}  // namespace tfjs::kernels
