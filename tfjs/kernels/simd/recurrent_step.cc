// The tile is up to kMostRows rows by one block: four vectors of columns (three for a Gru with
// reset_after), that is four gates of one vector of units or one gate of four. Its sums go to a
// small buffer [vector][row], gates of one activation side by side, and the cell's formula runs
// over that.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/recurrent_step.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <utility>

#include "tfjs/kernels/simd/math-inl.h"
#include "tfjs/kernels/simd/recurrent_step.h"
#include "tfjs/kernels/simd/unary_math.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

#if HWY_TARGET == HWY_AVX3
inline constexpr int kMostRows = 6;
#elif HWY_TARGET == HWY_AVX2
inline constexpr int kMostRows = 3;
#else
inline constexpr int kMostRows = 2;
#endif

HWY_INLINE std::int64_t lane_count() {
  return static_cast<std::int64_t>(hn::Lanes(FloatTag()));
}

/// Some rows of one block.
struct Tile {
  const RecurrentCell& cell;
  const RecurrentStep& step;
  const float* packed;  ///< the block: [units][vectors]
  std::int64_t unit;    ///< the block's first
  std::int64_t row;
  int rows;
};

/// sums [NV][MR] vectors = h [MR, depth] * block [depth, NV]
template <int NV, int MR>
HWY_NOINLINE void multiply(const float* h, std::int64_t h_stride, const float* block,
                           std::int64_t depth, float* sums) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
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
  const float* row[MR];
#pragma GCC unroll 8
  for (int r = 0; r < MR; ++r) row[r] = h + r * h_stride;
  std::int64_t k = 0;
  for (; k + KU <= depth; k += KU) {
#pragma GCC unroll 2
    for (int u = 0; u < KU; ++u) {
      FloatVec column[NV];
#pragma GCC unroll 4
      for (int v = 0; v < NV; ++v) column[v] = hn::Load(d, block + (u * NV + v) * lanes);
#pragma GCC unroll 8
      for (int r = 0; r < MR; ++r) {
        const FloatVec x = hn::Set(d, row[r][k + u]);
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) sum[u][r][v] = hn::MulAdd(x, column[v], sum[u][r][v]);
      }
    }
    block += KU * NV * lanes;
  }
  if constexpr (KU == 2) {
    if (k < depth) {
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
    for (int r = 0; r < MR; ++r) hn::Store(sum[0][r][v], d, sums + (v * MR + r) * lanes);
  }
}

/// `values`: so many whole vectors.
HWY_NOINLINE void activate(ops::UnaryKind kind, float* values, std::int64_t vectors) {
  const FloatTag d;
  const std::int64_t lanes = lane_count();
  const std::int64_t count = vectors * lanes;
  switch (kind) {
    case ops::UnaryKind::Linear:
      return;
    case ops::UnaryKind::Sigmoid:
      for (std::int64_t i = 0; i < count; i += lanes) {
        hn::Store(sigmoid(d, hn::Load(d, values + i)), d, values + i);
      }
      return;
    case ops::UnaryKind::Tanh:
      for (std::int64_t i = 0; i < count; i += lanes) {
        hn::Store(tanh(d, hn::Load(d, values + i)), d, values + i);
      }
      return;
    case ops::UnaryKind::HardSigmoid: {
      const FloatVec slope = hn::Set(d, 0.2f);
      const FloatVec middle = hn::Set(d, 0.5f);
      const FloatVec one = hn::Set(d, 1.0f);
      for (std::int64_t i = 0; i < count; i += lanes) {
        const FloatVec line = hn::MulAdd(slope, hn::Load(d, values + i), middle);
        hn::Store(hn::Min(one, hn::Max(hn::Zero(d), line)), d, values + i);
      }
      return;
    }
    default:
      map_unary({kind}, values, values, count);
  }
}

/// A vector of units of a tile: where the arrays have them, and how many there are.
struct Units {
  const Tile& tile;
  std::int64_t unit;
  std::size_t count;

  Units(const Tile& of_tile, std::int64_t first)
      : tile(of_tile),
        unit(first),
        count(static_cast<std::size_t>(std::min(lane_count(), of_tile.cell.units - first))) {}

  HWY_INLINE FloatVec load(const float* from) const {
    const FloatTag d;
    return count == hn::Lanes(d) ? hn::LoadU(d, from) : load_part(d, from, count);
  }
  HWY_INLINE void store(FloatVec x, float* to) const {
    const FloatTag d;
    if (count == hn::Lanes(d)) {
      hn::StoreU(x, d, to);
    } else {
      store_part(x, d, to, count);
    }
  }

  /// x W + b of a gate.
  HWY_INLINE FloatVec from_input(int r, int gate) const {
    const std::int64_t units = tile.cell.units;
    return load(tile.step.from_input + (tile.row + r) * gate_columns(tile.cell) + gate * units +
                unit);
  }
  HWY_INLINE FloatVec recurrent_bias(int gate) const {
    return load(tile.step.recurrent_bias + gate * tile.cell.units + unit);
  }
  HWY_INLINE FloatVec old_h(int r) const {
    return load(tile.step.h + (tile.row + r) * tile.step.h_stride + unit);
  }
  HWY_INLINE bool is_masked(int r) const {
    return tile.step.mask != nullptr && tile.step.mask[(tile.row + r) * tile.step.mask_stride] == 0;
  }
  HWY_INLINE void set_h(int r, FloatVec h) const {
    store(is_masked(r) ? old_h(r) : h,
          tile.step.next_h + (tile.row + r) * tile.step.next_h_stride + unit);
  }
  /// Of an array [rows, units].
  HWY_INLINE float* at(float* array, int r) const {
    return array + (tile.row + r) * tile.cell.units + unit;
  }
};

// The formulas (see ops/recurrent.h and the reference kernel). kSourceGates says which gates of the
// kernel the vectors of a block hold; each gate has kUnitVectors vectors of units. run() gets the
// sums [kUnitVectors][gate][row] and may use them as room.

struct LstmFormula {
  static constexpr int kGates = 4;
  static constexpr int kUnitVectors = 1;
  static constexpr int kSourceGates[] = {0, 1, 3, 2};  // i, f, o, candidate

  static void run(const Tile& tile, float* sums) {
    const FloatTag d;
    const std::int64_t lanes = lane_count();
    const int rows = tile.rows;
    const Units units(tile, tile.unit);
    const auto sum = [&](int gate, int r) { return sums + (gate * rows + r) * lanes; };
    for (int gate = 0; gate < kGates; ++gate) {
      for (int r = 0; r < rows; ++r) {
        float* at = sum(gate, r);
        hn::Store(hn::Add(hn::Load(d, at), units.from_input(r, kSourceGates[gate])), d, at);
      }
    }
    activate(tile.cell.recurrent_activation, sums, 3 * rows);
    activate(tile.cell.activation, sum(3, 0), rows);
    for (int r = 0; r < rows; ++r) {
      float* c = units.at(tile.step.c, r);
      const FloatVec kept = hn::Mul(hn::Load(d, sum(1, r)), units.load(c));
      const FloatVec next = hn::MulAdd(hn::Load(d, sum(0, r)), hn::Load(d, sum(3, r)), kept);
      hn::Store(next, d, sum(0, r));
      if (!units.is_masked(r)) units.store(next, c);
    }
    activate(tile.cell.activation, sums, rows);
    for (int r = 0; r < rows; ++r) {
      units.set_h(r, hn::Mul(hn::Load(d, sum(2, r)), hn::Load(d, sum(0, r))));
    }
  }
};

/// (1 - z) hh + z h
HWY_INLINE FloatVec mix_states(FloatVec z, FloatVec h, FloatVec candidate) {
  const FloatVec rest = hn::Sub(hn::Set(FloatTag(), 1.0f), z);
  return hn::MulAdd(rest, candidate, hn::Mul(z, h));
}

struct GruResetAfterFormula {
  static constexpr int kGates = 3;
  static constexpr int kUnitVectors = 1;
  static constexpr int kSourceGates[] = {0, 1, 2};  // z, r, candidate

  static void run(const Tile& tile, float* sums) {
    const FloatTag d;
    const std::int64_t lanes = lane_count();
    const int rows = tile.rows;
    const Units units(tile, tile.unit);
    const auto sum = [&](int gate, int r) { return sums + (gate * rows + r) * lanes; };
    for (int gate = 0; gate < kGates; ++gate) {
      for (int r = 0; r < rows; ++r) {
        float* at = sum(gate, r);
        FloatVec x = hn::Load(d, at);
        if (tile.step.recurrent_bias != nullptr) x = hn::Add(x, units.recurrent_bias(gate));
        if (gate < 2) x = hn::Add(x, units.from_input(r, gate));
        hn::Store(x, d, at);
      }
    }
    activate(tile.cell.recurrent_activation, sums, 2 * rows);
    for (int r = 0; r < rows; ++r) {
      const FloatVec reset = hn::Mul(hn::Load(d, sum(1, r)), hn::Load(d, sum(2, r)));
      hn::Store(hn::Add(reset, units.from_input(r, 2)), d, sum(2, r));
    }
    activate(tile.cell.activation, sum(2, 0), rows);
    for (int r = 0; r < rows; ++r) {
      units.set_h(r, mix_states(hn::Load(d, sum(0, r)), units.old_h(r), hn::Load(d, sum(2, r))));
    }
  }
};

struct GruGatesFormula {
  static constexpr int kGates = 2;
  static constexpr int kUnitVectors = 2;
  static constexpr int kSourceGates[] = {0, 1};  // z, r

  static void run(const Tile& tile, float* sums) {
    const FloatTag d;
    const std::int64_t lanes = lane_count();
    const int rows = tile.rows;
    for (int v = 0; v < kUnitVectors; ++v, sums += kGates * rows * lanes) {
      const std::int64_t unit = tile.unit + v * lanes;
      if (unit >= tile.cell.units) return;
      const Units units(tile, unit);
      const auto sum = [&](int gate, int r) { return sums + (gate * rows + r) * lanes; };
      for (int gate = 0; gate < kGates; ++gate) {
        for (int r = 0; r < rows; ++r) {
          float* at = sum(gate, r);
          hn::Store(hn::Add(hn::Load(d, at), units.from_input(r, gate)), d, at);
        }
      }
      activate(tile.cell.recurrent_activation, sums, 2 * rows);
      for (int r = 0; r < rows; ++r) {
        units.store(hn::Load(d, sum(0, r)), units.at(tile.step.update_gate, r));
        units.store(hn::Mul(hn::Load(d, sum(1, r)), units.old_h(r)),
                    units.at(tile.step.reset_h, r));
      }
    }
  }
};

/// The cells whose last sum is that of one gate: `gate`, then what `combine` makes of the units'
/// new values.
template <class Combine>
HWY_INLINE void finish_candidate(const Tile& tile, float* sums, int gate, int unit_vectors,
                                 Combine combine) {
  const FloatTag d;
  const std::int64_t lanes = lane_count();
  const int rows = tile.rows;
  for (int v = 0; v < unit_vectors; ++v, sums += rows * lanes) {
    const std::int64_t unit = tile.unit + v * lanes;
    if (unit >= tile.cell.units) return;
    const Units units(tile, unit);
    for (int r = 0; r < rows; ++r) {
      float* at = sums + r * lanes;
      hn::Store(hn::Add(hn::Load(d, at), units.from_input(r, gate)), d, at);
    }
    activate(tile.cell.activation, sums, rows);
    for (int r = 0; r < rows; ++r) {
      units.set_h(r, combine(units, r, hn::Load(d, sums + r * lanes)));
    }
  }
}

struct GruCandidateFormula {
  static constexpr int kGates = 1;
  static constexpr int kUnitVectors = 4;
  static constexpr int kSourceGates[] = {2};

  static void run(const Tile& tile, float* sums) {
    finish_candidate(tile, sums, 2, kUnitVectors,
                     [](const Units& units, int r, FloatVec candidate) HWY_ATTR {
                       const FloatVec z = units.load(units.at(units.tile.step.update_gate, r));
                       return mix_states(z, units.old_h(r), candidate);
                     });
  }
};

struct SimpleFormula {
  static constexpr int kGates = 1;
  static constexpr int kUnitVectors = 4;
  static constexpr int kSourceGates[] = {0};

  static void run(const Tile& tile, float* sums) {
    finish_candidate(tile, sums, 0, kUnitVectors,
                     [](const Units&, int, FloatVec h) HWY_ATTR { return h; });
  }
};

/// visit(formula) of the cell's part.
template <class Visit>
HWY_INLINE auto with_formula(const RecurrentCell& cell, int part, Visit&& visit) {
  switch (cell.kind) {
    case ops::CellKind::Lstm:
      return visit(LstmFormula());
    case ops::CellKind::Gru:
      if (cell.reset_after) return visit(GruResetAfterFormula());
      return part == 0 ? visit(GruGatesFormula()) : visit(GruCandidateFormula());
    case ops::CellKind::SimpleRnn:
      break;
  }
  return visit(SimpleFormula());
}

template <class Formula>
std::int64_t blocks_of(const RecurrentCell& cell) {
  const std::int64_t units = Formula::kUnitVectors * lane_count();
  return (cell.units + units - 1) / units;
}

template <class Formula>
std::int64_t block_floats(const RecurrentCell& cell) {
  return Formula::kGates * Formula::kUnitVectors * lane_count() * cell.units;
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

using Multiply = void (*)(const float* h, std::int64_t h_stride, const float* block,
                          std::int64_t depth, float* sums);

template <int NV, int... I>
HWY_INLINE Multiply multiply_of(int rows, std::integer_sequence<int, I...>) {
  static constexpr Multiply kRows[] = {&multiply<NV, I + 1>...};
  return kRows[rows - 1];
}

template <class Formula>
void run_block(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
               const float* h, std::int64_t h_stride, std::int64_t block) {
  constexpr int NV = Formula::kGates * Formula::kUnitVectors;
  HWY_ALIGN float sums[NV * kMostRows * HWY_LANES(float)];
  const std::int64_t tiles = (step.rows + kMostRows - 1) / kMostRows;
  for (std::int64_t t = 0; t < tiles; ++t) {
    const std::int64_t row = t * step.rows / tiles;
    const int rows = static_cast<int>((t + 1) * step.rows / tiles - row);
    const Tile tile{cell,
                    step,
                    packed + block * block_floats<Formula>(cell),
                    block * Formula::kUnitVectors * lane_count(),
                    row,
                    rows};
    multiply_of<NV>(rows, std::make_integer_sequence<int, kMostRows>())(
        h + row * h_stride, h_stride, tile.packed, cell.units, sums);
    Formula::run(tile, sums);
  }
}

void run_blocks_target(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
                       int part, std::int64_t begin, std::int64_t end, bool falling) {
  const float* h = part == 0 ? step.h : step.reset_h;
  const std::int64_t h_stride = part == 0 ? step.h_stride : cell.units;
  with_formula(cell, part, [&](auto formula) {
    for (std::int64_t i = begin; i < end; ++i) {
      run_block<decltype(formula)>(cell, packed, step, h, h_stride,
                                   falling ? end - 1 - (i - begin) : i);
    }
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
