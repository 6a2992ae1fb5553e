// The product's tile is up to kMostRows rows by one block: four vectors of columns (three for a Gru
// with reset_after), that is four gates of one vector of units or one gate of four. The sums of one
// or a few tiles go to a small buffer, over which the cell's formula runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/recurrent_step.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <iterator>
#include <utility>

#include "tfjs/kernels/simd/recurrent_formulas-inl.h"
#include "tfjs/kernels/simd/recurrent_step.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

#if HWY_TARGET == HWY_AVX3
inline constexpr int kMostRows = 6;
#elif HWY_TARGET == HWY_AVX2
inline constexpr int kMostRows = 3;
#else
inline constexpr int kMostRows = 2;
#endif

/// Vectors of a gate for which a formula runs at once: so many where one block has fewer.
inline constexpr int kWantedVectors = 4;
inline constexpr int kMostVectors = kMostRows * 4;

/// The terms of a product, in rising or in falling order: where the last step's product of a block
/// ended, the next begins, with what is still in the cache. (4 % of an LSTM of 128 units, measured
/// with 32 KiB of first-level cache.)
struct Terms {
  std::int64_t depth;
  bool falling;
};

/// The sums of NV vectors of columns = h [MR, depth] * block [depth, NV]; those of vector v go to
/// to[v], a vector per row.
template <int NV, int MR>
HWY_NOINLINE void multiply(const float* h, std::int64_t h_stride, const float* block, Terms terms,
                           float* const* to) {
  const FloatTag d;
  const std::int64_t lanes = lane_count();
  // One row alone has too few sums to keep the multipliers busy: odd and even terms apart.
  constexpr int KU = MR == 1 ? 2 : 1;
  FloatVec sum[KU][MR][NV];
#pragma GCC unroll 2
  for (int u = 0; u < KU; ++u) {
#pragma GCC unroll 8
    for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 4
      for (int v = 0; v < NV; ++v) sum[u][r][v] = hn::Zero(d);
    }
  }
  const std::int64_t first = terms.falling ? terms.depth - 1 : 0;
  const std::int64_t step = terms.falling ? -1 : 1;
  const std::int64_t block_step = step * NV * lanes;
  block += first * NV * lanes;
  const float* row[MR];
#pragma GCC unroll 8
  for (int r = 0; r < MR; ++r) row[r] = h + r * h_stride + first;
  std::int64_t k = 0;
  for (std::int64_t left = terms.depth; left >= KU; left -= KU) {
#pragma GCC unroll 2
    for (int u = 0; u < KU; ++u) {
      FloatVec column[NV];
#pragma GCC unroll 4
      for (int v = 0; v < NV; ++v) column[v] = hn::Load(d, block + v * lanes);
#pragma GCC unroll 8
      for (int r = 0; r < MR; ++r) {
        const FloatVec x = hn::Set(d, row[r][k]);
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) sum[u][r][v] = hn::MulAdd(x, column[v], sum[u][r][v]);
      }
      block += block_step;
      k += step;
    }
  }
  if constexpr (KU == 2) {
    if (terms.depth % 2 != 0) {
      const FloatVec x = hn::Set(d, row[0][k]);
#pragma GCC unroll 4
      for (int v = 0; v < NV; ++v) {
        sum[0][0][v] = hn::MulAdd(x, hn::Load(d, block + v * lanes), sum[0][0][v]);
      }
    }
#pragma GCC unroll 4
    for (int v = 0; v < NV; ++v) sum[0][0][v] = hn::Add(sum[0][0][v], sum[1][0][v]);
  }
#pragma GCC unroll 4
  for (int v = 0; v < NV; ++v) {
#pragma GCC unroll 8
    for (int r = 0; r < MR; ++r) hn::Store(sum[0][r][v], d, to[v] + r * lanes);
  }
}

template <class Formula>
constexpr int gates_of() {
  return static_cast<int>(std::size(Formula::kSourceGates));
}

template <class Formula>
std::int64_t blocks_of(const RecurrentCell& cell) {
  const std::int64_t units = Formula::kUnitVectors * lane_count();
  return (cell.units + units - 1) / units;
}

template <class Formula>
std::int64_t block_floats(const RecurrentCell& cell) {
  return gates_of<Formula>() * Formula::kUnitVectors * lane_count() * cell.units;
}

std::int64_t block_count_target(const RecurrentCell& cell, int part) {
  return with_formula(cell, part, [&](auto formula) { return blocks_of<decltype(formula)>(cell); });
}

std::int64_t part_floats_target(const RecurrentCell& cell, int part) {
  return with_formula(cell, part, [&](auto formula) {
    return blocks_of<decltype(formula)>(cell) * block_floats<decltype(formula)>(cell);
  });
}

void pack_part_target(const RecurrentCell& cell, int part, const float* kernel, float* packed) {
  const std::int64_t lanes = lane_count();
  const std::int64_t columns = gate_columns(cell);
  with_formula(cell, part, [&](auto formula) {
    using Formula = decltype(formula);
    for (std::int64_t block = 0; block < blocks_of<Formula>(cell); ++block) {
      for (std::int64_t k = 0; k < cell.units; ++k) {
        for (int v = 0; v < Formula::kUnitVectors; ++v) {
          const std::int64_t unit = (block * Formula::kUnitVectors + v) * lanes;
          const std::int64_t count = std::clamp<std::int64_t>(cell.units - unit, 0, lanes);
          for (int gate : Formula::kSourceGates) {
            std::copy_n(kernel + k * columns + gate * cell.units + unit, count, packed);
            std::fill(packed + count, packed + lanes, 0.0f);
            packed += lanes;
          }
        }
      }
    }
    return 0;
  });
}

using Multiply = void (*)(const float* h, std::int64_t h_stride, const float* block, Terms terms,
                          float* const* to);

template <int NV, int... I>
HWY_INLINE Multiply multiply_of(int rows, std::integer_sequence<int, I...>) {
  static constexpr Multiply kRows[] = {&multiply<NV, I + 1>...};
  return kRows[rows - 1];
}

/// Blocks [begin, end) for the rows of a tile.
template <class Formula>
void run_tile(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
              const float* h, std::int64_t h_stride, std::int64_t row, int rows, std::int64_t begin,
              std::int64_t end, bool falling) {
  constexpr int kGates = gates_of<Formula>();
  constexpr int NV = kGates * Formula::kUnitVectors;
  HWY_ALIGN float sums[kGates * kMostVectors * HWY_LANES(float)];
  const std::int64_t unit = begin * Formula::kUnitVectors * lane_count();
  // The last block may have vectors without units. Their sums are not written.
  HWY_ALIGN float nowhere[kMostRows * HWY_LANES(float)];
  const std::int64_t vectors = std::min((end - begin) * Formula::kUnitVectors,
                                        (cell.units - unit + lane_count() - 1) / lane_count());
  const Tile tile{cell, step, unit, static_cast<int>(vectors), row, rows, sums};
  const Multiply multiply_rows =
      multiply_of<NV>(rows, std::make_integer_sequence<int, kMostRows>());
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t block = falling ? end - 1 - (i - begin) : i;
    float* to[NV];
    for (int v = 0; v < Formula::kUnitVectors; ++v) {
      const int vector = static_cast<int>(block - begin) * Formula::kUnitVectors + v;
      for (int gate = 0; gate < kGates; ++gate) {
        to[v * kGates + gate] = vector < vectors ? tile.sum(gate, vector, 0) : nowhere;
      }
    }
    multiply_rows(h + row * h_stride, h_stride, packed + block * block_floats<Formula>(cell),
                  {cell.units, falling}, to);
  }
  Formula::run(tile);
}

template <class Formula>
void run_blocks(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
                const float* h, std::int64_t h_stride, std::int64_t begin, std::int64_t end,
                bool falling) {
  const std::int64_t tiles = (step.rows + kMostRows - 1) / kMostRows;
  const std::int64_t blocks_at_once =
      std::max<std::int64_t>(1, kWantedVectors / (step.rows * Formula::kUnitVectors));
  const std::int64_t groups = (end - begin + blocks_at_once - 1) / blocks_at_once;
  for (std::int64_t i = 0; i < groups; ++i) {
    const std::int64_t first = begin + (falling ? groups - 1 - i : i) * blocks_at_once;
    const std::int64_t last = std::min(end, first + blocks_at_once);
    for (std::int64_t t = 0; t < tiles; ++t) {
      const std::int64_t row = t * step.rows / tiles;
      const int rows = static_cast<int>((t + 1) * step.rows / tiles - row);
      run_tile<Formula>(cell, packed, step, h, h_stride, row, rows, first, last, falling);
    }
  }
}

void run_blocks_target(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
                       int part, std::int64_t begin, std::int64_t end, bool falling) {
  const float* h = part == 0 ? step.h : step.reset_h;
  const std::int64_t h_stride = part == 0 ? step.h_stride : cell.units;
  with_formula(cell, part, [&](auto formula) {
    run_blocks<decltype(formula)>(cell, packed, step, h, h_stride, begin, end, falling);
    return 0;
  });
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(block_count_target);
HWY_EXPORT(part_floats_target);
HWY_EXPORT(pack_part_target);
HWY_EXPORT(run_blocks_target);

std::int64_t gate_columns(const RecurrentCell& cell) {
  switch (cell.kind) {
    case ops::CellKind::Lstm:
      return 4 * cell.units;
    case ops::CellKind::Gru:
      return 3 * cell.units;
    case ops::CellKind::SimpleRnn:
      break;
  }
  return cell.units;
}

int part_count(const RecurrentCell& cell) {
  return cell.kind == ops::CellKind::Gru && !cell.reset_after ? 2 : 1;
}

std::int64_t block_count(const RecurrentCell& cell, int part) {
  return HWY_DYNAMIC_DISPATCH(block_count_target)(cell, part);
}

std::size_t packed_recurrent_floats(const RecurrentCell& cell) {
  std::int64_t floats = 0;
  for (int part = 0; part < part_count(cell); ++part) {
    floats += HWY_DYNAMIC_DISPATCH(part_floats_target)(cell, part);
  }
  return static_cast<std::size_t>(floats);
}

void pack_recurrent(const RecurrentCell& cell, const float* kernel, float* packed) {
  for (int part = 0; part < part_count(cell); ++part) {
    HWY_DYNAMIC_DISPATCH(pack_part_target)(cell, part, kernel, packed);
    packed += HWY_DYNAMIC_DISPATCH(part_floats_target)(cell, part);
  }
}

void run_recurrent_blocks(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
                          int part, std::int64_t begin, std::int64_t end, bool falling) {
  if (part == 1) packed += HWY_DYNAMIC_DISPATCH(part_floats_target)(cell, 0);
  HWY_DYNAMIC_DISPATCH(run_blocks_target)(cell, packed, step, part, begin, end, falling);
}

}  // namespace tfjs::kernels
#endif
