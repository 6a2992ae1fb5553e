// Splits a matrix product into units (some tiles of rows by some panels of columns) that threads
// take.
//
// One thread takes blocks of rows that stay in its L2 and walks all panels. Several threads want
// about four units each, so that none waits long for the last, but none below some tens of
// microseconds of work: rows are split first where A is the larger matrix, columns where B is.
#include <algorithm>
#include <cstring>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/ceil_div.h"
#include "tfjs/kernels/simd/gemm.h"
#include "tfjs/kernels/simd/gemm_block.h"
#include "tfjs/kernels/simd/unary_math.h"

namespace tfjs::kernels {
namespace {

/// Of A per block. B comes from L3 once a block where it is larger than L2, so blocks should be
/// few: on an Intel Xeon of 2 MiB L2, 1 x 1 and 3 x 3 convolutions of 7 x 7 cells are 1.5 times as
/// fast with 512 KiB as with 128. Half of the L2 of 1 MiB that others have.
constexpr std::int64_t kRowBytesInCache = 512 << 10;
constexpr std::int64_t kPointersPerBlock = 8192;

struct Scratch {
  std::size_t a;
  std::size_t c;
  std::size_t tile_rows;
  std::size_t room;
  std::size_t total;
};

struct Division {
  std::int64_t tiles;  ///< of rows, all nearly equal
  std::int64_t tiles_per_block;
  std::int64_t blocks;
  std::int64_t panels;
  std::int64_t groups;     ///< of panels
  std::int64_t grain = 1;  ///< units a thread takes at least

  std::int64_t first_row(const GemmShape& shape, std::int64_t tile) const {
    return tile * shape.rows / tiles;
  }
};

std::int64_t most_tiles_per_block(const GemmShape& shape) {
  const std::int64_t rows = tile_shape().rows;
  const std::int64_t row_floats =
      shape.own_floats_per_row > 0 ? shape.own_floats_per_row : shape.depth();
  const std::int64_t row_bytes = std::max<std::int64_t>(1, row_floats * 4);
  const std::int64_t room_bytes = std::max<std::int64_t>(1, shape.room_per_row * 4);
  const std::int64_t by_cache = kRowBytesInCache / std::max(row_bytes, room_bytes) / rows;
  const std::int64_t by_pointers =
      kPointersPerBlock / (rows * std::max<std::int64_t>(1, shape.segments));
  return std::clamp<std::int64_t>(std::min(by_cache, by_pointers), 1, 64);
}

Division divide(const GemmShape& shape, int threads) {
  Division d;
  d.tiles = ceil_div(shape.rows, tile_shape().rows);
  d.panels = panel_count(shape.columns);
  d.tiles_per_block = std::min(d.tiles, most_tiles_per_block(shape));
  d.blocks = ceil_div(d.tiles, d.tiles_per_block);
  d.groups = 1;
  const double flops = 2.0 * static_cast<double>(shape.rows) * static_cast<double>(shape.columns) *
                       static_cast<double>(shape.depth());
  if (threads > 1) {
    const std::int64_t wanted =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(flops / kFlopsPerUnit), 1, 4 * threads);
    if (shape.rows >= shape.columns) d.blocks = std::max(d.blocks, std::min(wanted, d.tiles));
    d.groups = std::clamp<std::int64_t>(ceil_div(wanted, d.blocks), 1, d.panels);
    if (d.blocks * d.groups < wanted) d.blocks = std::min(d.tiles, ceil_div(wanted, d.groups));
  }
  d.tiles_per_block = ceil_div(d.tiles, d.blocks);
  d.blocks = ceil_div(d.tiles, d.tiles_per_block);
  // The same number of units for each thread, if a few more will do it.
  if (d.blocks * d.groups > 1) {
    const std::int64_t most = std::min(d.panels, d.groups + threads);
    std::int64_t groups = d.groups;
    while (groups < most && d.blocks * groups % threads != 0) ++groups;
    if (d.blocks * groups % threads == 0) d.groups = groups;
  }
  const double flops_of_unit = flops / static_cast<double>(d.blocks * d.groups);
  d.grain =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(kFlopsPerUnit / (flops_of_unit + 1)));
  return d;
}

Scratch scratch_of_thread(const GemmShape& shape) {
  const std::size_t tiles = static_cast<std::size_t>(
      std::min(most_tiles_per_block(shape),
               ceil_div(std::max<std::int64_t>(1, shape.rows), tile_shape().rows)));
  const std::size_t rows = tiles * static_cast<std::size_t>(tile_shape().rows);
  Scratch s;
  s.a = 0;
  s.c = s.a + round_to_alignment(rows * static_cast<std::size_t>(shape.segments) * sizeof(float*));
  s.tile_rows = s.c + round_to_alignment(rows * sizeof(float*));
  s.room = s.tile_rows + round_to_alignment(tiles * sizeof(int));
  s.total = s.room +
            round_to_alignment(rows * static_cast<std::size_t>(shape.room_per_row) * sizeof(float));
  return s;
}

}  // namespace

std::size_t gemm_scratch_bytes(const GemmShape& shape, int threads) {
  return scratch_of_thread(shape).total * static_cast<std::size_t>(threads);
}

void run_gemm(const GemmShape& shape, const RowSource& rows, const float* packed,
              const OutputStage& stage, runtime::Parallel& parallel, std::byte* scratch) {
  if (shape.rows == 0 || shape.columns == 0) return;
  const Division division = divide(shape, parallel.threads());
  const Scratch places = scratch_of_thread(shape);

  const auto run_units = [&](std::int64_t begin, std::int64_t end, int thread) {
    std::byte* own = scratch + places.total * static_cast<std::size_t>(thread);
    const float** a = reinterpret_cast<const float**>(own + places.a);
    float** c = reinterpret_cast<float**>(own + places.c);
    int* tile_rows = reinterpret_cast<int*>(own + places.tile_rows);
    float* room = reinterpret_cast<float*>(own + places.room);
    GemmBlock block{a, c, tile_rows, 0, shape.segments, shape.segment_length, packed, shape.columns,
                    0, 0, &stage,    {}};
    std::int64_t located = -1;
    for (std::int64_t unit = begin; unit < end; ++unit) {
      const std::int64_t b = unit / division.groups;
      const std::int64_t g = unit % division.groups;
      const std::int64_t first_tile = b * division.tiles_per_block;
      const std::int64_t last_tile =
          std::min(division.tiles, first_tile + division.tiles_per_block);
      const std::int64_t first_row = division.first_row(shape, first_tile);
      const std::int64_t last_row = division.first_row(shape, last_tile);
      if (located != b) {
        located = b;
        block.tiles = static_cast<int>(last_tile - first_tile);
        for (std::int64_t t = first_tile; t < last_tile; ++t) {
          const std::int64_t row = division.first_row(shape, t);
          const int count = static_cast<int>(division.first_row(shape, t + 1) - row);
          const std::int64_t before = row - first_row;
          tile_rows[t - first_tile] = count;
          rows.locate(row, count, a + before * shape.segments, c + before,
                      room + before * shape.room_per_row);
        }
      }
      block.panel_begin = g * division.panels / division.groups;
      block.panel_end = (g + 1) * division.panels / division.groups;
      run_gemm_block(block);
      if (!fuses_in_registers(stage.activation.kind)) {
        const std::int64_t width = tile_shape().columns;
        const std::int64_t column = block.panel_begin * width;
        const std::int64_t columns = std::min(shape.columns, block.panel_end * width) - column;
        for (std::int64_t row = 0; row < last_row - first_row; ++row) {
          map_unary(stage.activation, c[row] + column, c[row] + column, columns);
        }
      }
    }
  };
  parallel.for_range(division.blocks * division.groups, division.grain, run_units);
}

void PlainRows::locate(std::int64_t row, int count, const float** a, float** c, float* room) const {
  for (int i = 0; i < count; ++i) {
    a[i] = a_ + (row + i) * a_stride_;
    c[i] = c_ + (row + i) * c_stride_;
    if (room_per_row_ == 0) continue;
    std::memcpy(room, a[i], static_cast<std::size_t>(length_) * sizeof(float));
    a[i] = room;
    room += room_per_row_;
  }
}

std::int64_t copied_row_room(std::int64_t a_stride, std::int64_t length, std::int64_t columns) {
  const bool conflicts = a_stride % 1024 == 0 && length >= 512;
  // Copying costs about as much as 16 columns.
  return conflicts && columns >= 256 ? (length + 15) / 16 * 16 + 16 : 0;
}

}  // namespace tfjs::kernels
