// Folds (sums, maxima) over rows of floats, and functions of their elements.
#if defined(TFJS_KERNELS_SIMD_ROW_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TFJS_KERNELS_SIMD_ROW_MATH_INL_H_
#undef TFJS_KERNELS_SIMD_ROW_MATH_INL_H_
#else
#define TFJS_KERNELS_SIMD_ROW_MATH_INL_H_
#endif

#include <cstddef>
#include <cstdint>
#include <limits>

#include "hwy/highway.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// What a fold may combine, of vectors and of numbers. NaN goes through, as through Math.max.

struct Sum {
  static constexpr float kNeutral = 0;
  HWY_INLINE FloatVec operator()(FloatVec a, FloatVec b) const { return hn::Add(a, b); }
  float operator()(float a, float b) const { return a + b; }
};
struct Product {
  static constexpr float kNeutral = 1;
  HWY_INLINE FloatVec operator()(FloatVec a, FloatVec b) const { return hn::Mul(a, b); }
  float operator()(float a, float b) const { return a * b; }
};
struct Largest {
  static constexpr float kNeutral = -std::numeric_limits<float>::infinity();
  HWY_INLINE FloatVec operator()(FloatVec a, FloatVec b) const {
    return hn::IfThenElse(hn::Or(hn::Gt(b, a), hn::Ne(b, b)), b, a);
  }
  float operator()(float a, float b) const { return b > a || b != b ? b : a; }
};
struct Smallest {
  static constexpr float kNeutral = std::numeric_limits<float>::infinity();
  HWY_INLINE FloatVec operator()(FloatVec a, FloatVec b) const {
    return hn::IfThenElse(hn::Or(hn::Lt(b, a), hn::Ne(b, b)), b, a);
  }
  float operator()(float a, float b) const { return b < a || b != b ? b : a; }
};

/// combine over all lanes.
template <class Combine>
HWY_INLINE float fold_lanes(FloatVec v, Combine combine) {
#if HWY_MAX_BYTES >= 16
  const FloatTag d;
  v = combine(v, hn::Reverse2(d, v));
  v = combine(v, hn::Reverse4(d, v));
#endif
#if HWY_MAX_BYTES >= 32
  v = combine(v, hn::Reverse8(d, v));
#endif
#if HWY_MAX_BYTES >= 64
  v = combine(v, hn::Reverse(d, v));
#endif
  return hn::GetLane(v);
}

/// combine over map(x) of a row's elements.
template <class Combine, class Map>
HWY_INLINE float fold_row(const float* row, std::int64_t count, Combine combine, Map map) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const FloatVec neutral = hn::Set(d, Combine::kNeutral);
  // Four chains, so that one step need not wait for the last.
  FloatVec a = neutral;
  FloatVec b = neutral;
  FloatVec c = neutral;
  FloatVec e = neutral;
  std::int64_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    a = combine(a, map(hn::LoadU(d, row + i)));
    b = combine(b, map(hn::LoadU(d, row + i + lanes)));
    c = combine(c, map(hn::LoadU(d, row + i + 2 * lanes)));
    e = combine(e, map(hn::LoadU(d, row + i + 3 * lanes)));
  }
  for (; i + lanes <= count; i += lanes) a = combine(a, map(hn::LoadU(d, row + i)));
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    const FloatVec values = map(load_part(d, row + i, rest));
    b = combine(b, hn::IfThenElse(hn::FirstN(d, rest), values, neutral));
  }
  return fold_lanes(combine(combine(a, b), combine(c, e)), combine);
}

/// out[i] = map(row[i]); `out` may be `row`.
template <class Map>
HWY_INLINE void map_row(const float* row, float* out, std::int64_t count, Map map) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(map(hn::LoadU(d, row + i)), d, out + i);
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    store_part(map(load_part(d, row + i, rest)), d, out + i, rest);
  }
}

/// out[i] = map(row[i]); returns the sum of these. `out` may be `row`.
template <class Map>
HWY_INLINE float map_and_sum_row(const float* row, float* out, std::int64_t count, Map map) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  FloatVec sum = hn::Zero(d);
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const FloatVec y = map(hn::LoadU(d, row + i));
    hn::StoreU(y, d, out + i);
    sum = hn::Add(sum, y);
  }
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    const FloatVec y = map(load_part(d, row + i, rest));
    store_part(y, d, out + i, rest);
    sum = hn::Add(sum, hn::IfThenElseZero(hn::FirstN(d, rest), y));
  }
  return fold_lanes(sum, Sum());
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_ROW_MATH_INL_H_
