// The product's tile is up to kMostRows rows by one block: four vectors of columns (three for a Gru
// with reset_after), that is four gates of one vector of units or one gate of four. The sums of one
// or a few tiles go to a small buffer, gates of one activation side by side, and the cell's formula
// runs over that: several vectors at a time, because each waits long for its exponentials.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/recurrent_step.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <iterator>
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

/// Vectors of a gate for which a formula runs at once, at least.
inline constexpr int kWantedVectors = 4;
/// No more than that, or than one block's.
inline constexpr int kMostVectors = kMostRows * 4;

/// Some rows of some blocks, whose sums are [gate][vector of units][row].
struct Tile {
  const RecurrentCell& cell;
  const RecurrentStep& step;
  std::int64_t unit;  ///< the first
  int unit_vectors;
  std::int64_t row;
  int rows;
  float* sums;

  HWY_INLINE float* sum(int gate, int unit_vector, int r) const {
    return sums + ((gate * unit_vectors + unit_vector) * rows + r) * lane_count();
  }
  HWY_INLINE int vectors_per_gate() const { return unit_vectors * rows; }
};

/// Terms in rising order, or in falling order.
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

  Units(const Tile& of_tile, int vector)
      : tile(of_tile),
        unit(of_tile.unit + vector * lane_count()),
        count(static_cast<std::size_t>(std::min(lane_count(), of_tile.cell.units - unit))) {}

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
    const RecurrentStep& step = tile.step;
    return load(step.from_input + (tile.row + r) * step.columns + gate * tile.cell.units + unit);
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

/// visit(units, vector, row) for each vector of a gate.
template <class Visit>
HWY_INLINE void for_each(const Tile& tile, Visit visit) {
  for (int v = 0; v < tile.unit_vectors; ++v) {
    const Units units(tile, v);
    for (int r = 0; r < tile.rows; ++r) visit(units, v, r);
  }
}

/// *sum += x
HWY_INLINE void add_to(float* sum, FloatVec x) {
  const FloatTag d;
  hn::Store(hn::Add(hn::Load(d, sum), x), d, sum);
}

/// (1 - z) hh + z h
HWY_INLINE FloatVec mix_states(FloatVec z, FloatVec h, FloatVec candidate) {
  const FloatVec rest = hn::Sub(hn::Set(FloatTag(), 1.0f), z);
  return hn::MulAdd(rest, candidate, hn::Mul(z, h));
}

// The formulas (see ops/recurrent.h and the reference kernel). A block has, for each of
// kUnitVectors vectors of units, the columns of these gates of the kernel. run() may use the sums
// as room.

struct LstmFormula {
  static constexpr int kUnitVectors = 1;
  static constexpr int kSourceGates[] = {0, 1, 3, 2};  // i, f, o, candidate

  static void run(const Tile& tile) {
    const FloatTag d;
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      for (int gate = 0; gate < 4; ++gate) {
        add_to(tile.sum(gate, v, r), units.from_input(r, kSourceGates[gate]));
      }
    });
    activate(tile.cell.recurrent_activation, tile.sums, 3 * tile.vectors_per_gate());
    activate(tile.cell.activation, tile.sum(3, 0, 0), tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      float* c = units.at(tile.step.c, r);
      const FloatVec kept = hn::Mul(hn::Load(d, tile.sum(1, v, r)), units.load(c));
      const FloatVec next =
          hn::MulAdd(hn::Load(d, tile.sum(0, v, r)), hn::Load(d, tile.sum(3, v, r)), kept);
      hn::Store(next, d, tile.sum(0, v, r));
      if (!units.is_masked(r)) units.store(next, c);
    });
    activate(tile.cell.activation, tile.sums, tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      units.set_h(r, hn::Mul(hn::Load(d, tile.sum(2, v, r)), hn::Load(d, tile.sum(0, v, r))));
    });
  }
};

struct GruResetAfterFormula {
  static constexpr int kUnitVectors = 1;
  static constexpr int kSourceGates[] = {0, 1, 2};  // z, r, candidate

  static void run(const Tile& tile) {
    const FloatTag d;
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      for (int gate = 0; gate < 3; ++gate) {
        float* sum = tile.sum(gate, v, r);
        if (tile.step.recurrent_bias != nullptr) add_to(sum, units.recurrent_bias(gate));
        if (gate < 2) add_to(sum, units.from_input(r, gate));
      }
    });
    activate(tile.cell.recurrent_activation, tile.sums, 2 * tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      float* candidate = tile.sum(2, v, r);
      const FloatVec reset = hn::Load(d, tile.sum(1, v, r));
      hn::Store(hn::MulAdd(reset, hn::Load(d, candidate), units.from_input(r, 2)), d, candidate);
    });
    activate(tile.cell.activation, tile.sum(2, 0, 0), tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      units.set_h(r, mix_states(hn::Load(d, tile.sum(0, v, r)), units.old_h(r),
                                hn::Load(d, tile.sum(2, v, r))));
    });
  }
};

struct GruGatesFormula {
  static constexpr int kUnitVectors = 2;
  static constexpr int kSourceGates[] = {0, 1};  // z, r

  static void run(const Tile& tile) {
    const FloatTag d;
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      for (int gate = 0; gate < 2; ++gate) add_to(tile.sum(gate, v, r), units.from_input(r, gate));
    });
    activate(tile.cell.recurrent_activation, tile.sums, 2 * tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      units.store(hn::Load(d, tile.sum(0, v, r)), units.at(tile.step.update_gate, r));
      units.store(hn::Mul(hn::Load(d, tile.sum(1, v, r)), units.old_h(r)),
                  units.at(tile.step.reset_h, r));
    });
  }
};

struct GruCandidateFormula {
  static constexpr int kUnitVectors = 4;
  static constexpr int kSourceGates[] = {2};

  static void run(const Tile& tile) {
    const FloatTag d;
    for_each(tile, [&](const Units& units, int v, int r)
                       HWY_ATTR { add_to(tile.sum(0, v, r), units.from_input(r, 2)); });
    activate(tile.cell.activation, tile.sums, tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r) HWY_ATTR {
      const FloatVec z = units.load(units.at(tile.step.update_gate, r));
      units.set_h(r, mix_states(z, units.old_h(r), hn::Load(d, tile.sum(0, v, r))));
    });
  }
};

struct SimpleFormula {
  static constexpr int kUnitVectors = 4;
  static constexpr int kSourceGates[] = {0};

  static void run(const Tile& tile) {
    const FloatTag d;
    for_each(tile, [&](const Units& units, int v, int r)
                       HWY_ATTR { add_to(tile.sum(0, v, r), units.from_input(r, 0)); });
    activate(tile.cell.activation, tile.sums, tile.vectors_per_gate());
    for_each(tile, [&](const Units& units, int v, int r)
                       HWY_ATTR { units.set_h(r, hn::Load(d, tile.sum(0, v, r))); });
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
