// The rows of a convolution seen as a matrix product: one row an output pixel, one segment a kernel
// tap, which points at the input pixel under the tap or, in the padding, at zeros.
//
// Forward, strided, dilated and transposed convolutions over images and volumes differ only in
// their TapAxis. With few input channels a segment would be too short to be worth its pointer; then
// a segment is a whole row of taps, which lie side by side in the image, and is put together in the
// room only where it crosses the border.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tfjs/kernels/simd/gemm.h"
#include "tfjs/shape/conv.h"

namespace tfjs::kernels {

/// One axis: position q in [0, count) reads input cell q * step + offsets[t] for tap t and writes
/// output cell q * out_step + out_start.
struct TapAxis {
  std::int64_t input = 1;
  std::int64_t output = 1;
  std::int64_t count = 1;
  std::int64_t step = 1;
  std::int64_t out_step = 1;
  std::int64_t out_start = 0;
  std::vector<std::int64_t> offsets = {0};
};

TapAxis forward_taps(const shape::ConvAxis& axis);

struct ConvGeometry {
  std::int64_t batch = 0;
  std::array<TapAxis, 3> axes;  ///< depth, height, width
  std::int64_t channels_in = 0;
  std::int64_t channels_out = 0;
  bool joins_width_taps = false;

  std::int64_t positions() const { return batch * axes[0].count * axes[1].count * axes[2].count; }
  GemmShape gemm_shape() const;
};

/// True when the taps along the width lie side by side and the channels are too few for a segment
/// each.
bool should_join_width_taps(const ConvGeometry& geometry);

class ConvRows final : public RowSource {
 public:
  /// `zeros` has channels_in of them.
  ConvRows(const ConvGeometry& geometry, const float* x, const float* zeros, float* out)
      : geometry_(geometry), x_(x), zeros_(zeros), out_(out) {}
  void locate(std::int64_t row, int count, const float** a, float** c, float* room) const override;

 private:
  /// `count` output pixels side by side, from position q; a[s * stride + j] is segment s of pixel
  /// j.
  void locate_taps(const float* image, const std::array<std::int64_t, 3>& q, std::int64_t count,
                   std::int64_t stride, const float** a) const;
  void locate_joined_taps(const float* image, const std::array<std::int64_t, 3>& q,
                          std::int64_t count, std::int64_t stride, const float** a,
                          float* room) const;
  /// The line of the image under a tap's depth and row, or nullptr outside.
  const float* line_under(const float* image, const std::array<std::int64_t, 3>& q,
                          std::int64_t depth_offset, std::int64_t row_offset) const;

  const ConvGeometry& geometry_;
  const float* x_;
  const float* zeros_;
  float* out_;
};

}  // namespace tfjs::kernels
