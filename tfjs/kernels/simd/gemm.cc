// Cache blocks around the register tile, and the packing of B.
//
// A block walks its panels outermost: a panel of B (depth x two vectors) is read from L3 or beyond
// once and then serves every tile of rows from L1 or L2; while it does, AVX-512 fetches the next.
// Where the depth is so large that a panel would not stay there, the depth is cut and C holds the
// partial sums.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/gemm.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <utility>

#include "tfjs/kernels/simd/gemm_block.h"
#include "tfjs/kernels/simd/gemm_tile-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// Most depth of a panel served at once: 1024 x 128 bytes, with the next panel, are a quarter of a
/// 1 MiB L2.
inline constexpr std::int64_t kDepthBlock = 1024;

using TileFunction = void (*)(const TileCall&);

template <int NV, int... I>
HWY_INLINE TileFunction tile_of(int rows, std::integer_sequence<int, I...>) {
  static constexpr TileFunction kTiles[] = {&run_tile<I + 1, NV>...};
  return kTiles[rows - 1];
}

template <int NV>
HWY_INLINE TileFunction tile_of(int rows) {
  return tile_of<NV>(rows, std::make_integer_sequence<int, kTileRows>());
}

TileShape tile_shape_target() {
  return {kTileRows, static_cast<int>(2 * hn::Lanes(FloatTag()))};
}

/// Rows [at_row, at_row + rows) of a panel.
PackedRange panel_rows(const GemmBlock& block, std::int64_t panel, std::int64_t at_row,
                       std::int64_t rows) {
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  const std::int64_t column = panel * 2 * lanes;
  const std::int64_t width = block.columns - column > lanes ? 2 * lanes : lanes;
  const std::int64_t depth = block.segments * block.segment_length;
  const float* begin = block.packed + column * depth + at_row * width;
  return {begin, begin + rows * width};
}

/// All tiles against all panels over a part of the depth: segments [begin, end), in each [offset,
/// offset + length).
void run_depth(const GemmBlock& block, std::int64_t begin, std::int64_t end, std::int64_t offset,
               std::int64_t length, bool first, bool last) {
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  const std::int64_t at_row = begin * block.segment_length + offset;
  const std::int64_t rows_of_b = (end - begin) * length;
  const auto fetched_by_tile =
      static_cast<std::ptrdiff_t>((end - begin) * (length / kDepthStep) * kAheadFloats);
  const Bounds bounds = bounds_of(block.stage->activation);
  for (std::int64_t panel = block.panel_begin; panel < block.panel_end; ++panel) {
    const std::int64_t column = panel * 2 * lanes;
    const std::int64_t columns = std::min(2 * lanes, block.columns - column);
    TileCall call;
    call.b = panel_rows(block, panel, at_row, rows_of_b).begin;
    call.segments = end - begin;
    call.offset = offset;
    call.length = length;
    call.column = column;
    call.columns = static_cast<std::size_t>(columns);
    call.first = first;
    call.last = last;
    call.stage = block.stage;
    call.bounds = bounds;
    call.leaky = block.stage->activation.kind == ops::UnaryKind::LeakyRelu;
    const float* const* a = block.a;
    call.c = block.c;
    PackedRange ahead = last ? block.after : PackedRange();
    if (panel + 1 < block.panel_end) ahead = panel_rows(block, panel + 1, at_row, rows_of_b);
    call.ahead_end = ahead.end;
    for (int t = 0; t < block.tiles; ++t) {
      const int rows = block.tile_rows[t];
      call.a = a + begin * rows;
      call.ahead = ahead.begin;
      (columns > lanes ? tile_of<2>(rows) : tile_of<1>(rows))(call);
      a += block.segments * rows;
      call.c += rows;
      ahead.begin += std::min(ahead.end - ahead.begin, fetched_by_tile);
    }
  }
}

void run_block_target(const GemmBlock& block) {
  if (block.segment_length <= kDepthBlock) {
    const std::int64_t step =
        std::max<std::int64_t>(1, kDepthBlock / std::max<std::int64_t>(1, block.segment_length));
    std::int64_t begin = 0;
    do {
      const std::int64_t end = std::min(block.segments, begin + step);
      run_depth(block, begin, end, 0, block.segment_length, begin == 0, end == block.segments);
      begin = end;
    } while (begin < block.segments);
    return;
  }
  for (std::int64_t s = 0; s < block.segments; ++s) {
    for (std::int64_t offset = 0; offset < block.segment_length; offset += kDepthBlock) {
      const std::int64_t length = std::min(kDepthBlock, block.segment_length - offset);
      run_depth(block, s, s + 1, offset, length, s == 0 && offset == 0,
                s + 1 == block.segments && offset + length == block.segment_length);
    }
  }
}

void pack_panels_target(const MatrixView& b, std::int64_t depth, std::int64_t at_row,
                        std::int64_t begin, std::int64_t end, float* packed) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t panel = begin; panel < end; ++panel) {
    const std::int64_t column = panel * 2 * lanes;
    const std::int64_t columns = std::min(2 * lanes, b.columns - column);
    const std::int64_t width = columns > lanes ? 2 * lanes : lanes;
    float* to = packed + column * depth + at_row * width;
    for (std::int64_t k = 0; k < b.rows; ++k, to += width) {
      const float* from = b.data + k * b.row_stride + column * b.column_stride;
      if (b.column_stride != 1) {
        for (std::int64_t j = 0; j < columns; ++j) to[j] = from[j * b.column_stride];
        std::fill(to + columns, to + width, 0.0f);
      } else if (columns == 2 * lanes) {
        hn::Store(hn::LoadU(d, from), d, to);
        hn::Store(hn::LoadU(d, from + lanes), d, to + lanes);
      } else {
        std::copy_n(from, columns, to);
        std::fill(to + columns, to + width, 0.0f);
      }
    }
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(tile_shape_target);
HWY_EXPORT(run_block_target);
HWY_EXPORT(pack_panels_target);

TileShape tile_shape() {
  return HWY_DYNAMIC_DISPATCH(tile_shape_target)();
}

void run_gemm_block(const GemmBlock& block) {
  HWY_DYNAMIC_DISPATCH(run_block_target)(block);
}

void pack_panels(const MatrixView& b, std::int64_t depth, std::int64_t at_row, std::int64_t begin,
                 std::int64_t end, float* packed) {
  HWY_DYNAMIC_DISPATCH(pack_panels_target)(b, depth, at_row, begin, end, packed);
}

void pack_matrix(const MatrixView& b, float* packed) {
  pack_panels(b, b.rows, 0, 0, panel_count(b.columns), packed);
}

Bounds bounds_of(const ops::UnaryOptions& activation) {
  switch (activation.kind) {
    case ops::UnaryKind::Relu:
      return {.has_low = true};
    case ops::UnaryKind::Relu6:
      return {.has_low = true, .low = 0.0f, .has_high = true, .high = 6.0f};
    case ops::UnaryKind::ClipByValue:
      return {.has_low = true, .low = activation.alpha, .has_high = true, .high = activation.beta};
    default:
      return {};
  }
}

bool fuses_in_registers(ops::UnaryKind kind) {
  using K = ops::UnaryKind;
  return kind == K::Linear || kind == K::Relu || kind == K::Relu6 || kind == K::ClipByValue ||
         kind == K::LeakyRelu;
}

std::int64_t panel_count(std::int64_t columns) {
  const std::int64_t width = tile_shape().columns;
  return (columns + width - 1) / width;
}

std::size_t packed_floats(std::int64_t depth, std::int64_t columns) {
  const std::int64_t lanes = tile_shape().columns / 2;
  return static_cast<std::size_t>(depth * ((columns + lanes - 1) / lanes * lanes));
}

}  // namespace tfjs::kernels
#endif
