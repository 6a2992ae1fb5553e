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
  const FloatTag d;
  HWY_ALIGN float lanes[HWY_LANES(float)];
  hn::Store(v, d, lanes);
  float result = lanes[0];
  for (std::size_t i = 1; i < hn::Lanes(d); ++i) result = combine(result, lanes[i]);
  return result;
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

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_ROW_MATH_INL_H_
