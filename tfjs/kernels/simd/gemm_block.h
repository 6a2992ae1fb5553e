// One thread's piece of a matrix product: some tiles of rows by some panels of columns (see
// gemm.h).
#pragma once

#include <cstdint>

#include "tfjs/kernels/simd/gemm.h"

namespace tfjs::kernels {

/// The floats [begin, end) of packed panels.
struct PackedRange {
  const float* begin = nullptr;
  const float* end = nullptr;
};

struct GemmBlock {
  const float* const* a;  ///< the tiles one after another, each [segments][rows of the tile]
  float* const* c;        ///< [rows]
  const int* tile_rows;   ///< rows of each tile
  int tiles;
  std::int64_t segments;
  std::int64_t segment_length;
  const float* packed;
  std::int64_t columns;
  std::int64_t panel_begin;
  std::int64_t panel_end;
  const OutputStage* stage;
  PackedRange after;  ///< what the next block reads: fetched meanwhile
};

void run_gemm_block(const GemmBlock& block);

/// Work that is worth a thread's while: 25 us at 120 GFLOP/s.
inline constexpr double kFlopsPerUnit = 3e6;

/// What a register tile clamps its results to: relu, relu6 and clips have bounds.
struct Bounds {
  bool has_low = false;
  float low = 0;
  bool has_high = false;
  float high = 0;
};
Bounds bounds_of(const ops::UnaryOptions& activation);

/// True for activations applied in registers; the others want a pass over the finished rows.
bool fuses_in_registers(ops::UnaryKind kind);

}  // namespace tfjs::kernels
