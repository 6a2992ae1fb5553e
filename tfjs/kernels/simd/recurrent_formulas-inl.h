// What becomes of the sums of a recurrent step: per kind of cell a formula from the gates' sums to
// the new state (see ops/recurrent.h and the reference kernel).
//
// A formula runs over a tile, some rows by some vectors of units, in passes of one activation or
// one line of arithmetic each: every exponential takes long, but several at a time hardly longer.
#if defined(TFJS_KERNELS_SIMD_RECURRENT_FORMULAS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TFJS_KERNELS_SIMD_RECURRENT_FORMULAS_INL_H_
#undef TFJS_KERNELS_SIMD_RECURRENT_FORMULAS_INL_H_
#else
#define TFJS_KERNELS_SIMD_RECURRENT_FORMULAS_INL_H_
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"
#include "tfjs/kernels/simd/math-inl.h"
#include "tfjs/kernels/simd/recurrent_step.h"
#include "tfjs/kernels/simd/unary_math.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

HWY_INLINE std::int64_t lane_count() {
  return static_cast<std::int64_t>(hn::Lanes(FloatTag()));
}

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

// The formulas. A block of the packed kernel has, for each of kUnitVectors vectors of units, the
// columns of kSourceGates. run() may use the sums as room.

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

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_RECURRENT_FORMULAS_INL_H_
