#include "tfjs/kernels/simd/weight_panels.h"

#include <algorithm>

#include "tfjs/kernels/simd/gemm.h"

namespace tfjs::kernels {

namespace {
constexpr std::int64_t kFloatsPerPiece = 128 << 10;  // some 30 us of packing
}

WeightPanels::WeightPanels(std::vector<WeightBand> bands, std::int64_t depth, std::int64_t columns,
                           const Tensor& constant)
    : bands_(std::move(bands)), depth_(depth), columns_(columns) {
  if (constant.is_empty()) return;
  packed_ = make_aligned_floats(packed_floats(depth_, columns_));
  pack(static_cast<const float*>(constant.raw_data()), 0, panel_count(columns_), packed_.get());
}

std::size_t WeightPanels::scratch_bytes() const {
  return is_packed() ? 0 : round_to_alignment(packed_floats(depth_, columns_) * sizeof(float));
}

void WeightPanels::pack(const float* weights, std::int64_t begin, std::int64_t end,
                        float* packed) const {
  for (const WeightBand& band : bands_) {
    pack_panels({weights + band.offset, band.rows, columns_, band.row_stride, band.column_stride},
                depth_, band.at_row, begin, end, packed);
  }
}

const float* WeightPanels::get(const float* weights, runtime::Parallel& parallel,
                               std::byte* scratch) const {
  if (is_packed()) return packed_.get();
  float* packed = reinterpret_cast<float*>(scratch);
  const std::int64_t panel_floats = std::max<std::int64_t>(1, depth_ * tile_shape().columns);
  parallel.for_range(
      panel_count(columns_), kFloatsPerPiece / panel_floats + 1,
      [&](std::int64_t begin, std::int64_t end, int) { pack(weights, begin, end, packed); });
  return packed;
}

}  // namespace tfjs::kernels
