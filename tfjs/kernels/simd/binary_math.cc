#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/binary_math.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <cmath>

#include "tfjs/kernels/simd/binary_math.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// An argument of a run: an array, or one number.
template <bool kIsArray>
struct Argument {
  const float* at;
  FloatVec value;

  explicit Argument(const float* from) : at(from), value(hn::Set(FloatTag(), *from)) {}
  HWY_INLINE FloatVec load(std::int64_t i) const {
    if constexpr (kIsArray) return hn::LoadU(FloatTag(), at + i);
    return value;
  }
  HWY_INLINE FloatVec load_rest(std::int64_t i, std::size_t count) const {
    if constexpr (kIsArray) return load_part(FloatTag(), at + i, count);
    return value;
  }
};

template <class X, class Y, class F>
HWY_INLINE void map(X x, Y y, float* out, std::int64_t count, F f) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(f(x.load(i), y.load(i)), d, out + i);
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    store_part(f(x.load_rest(i, rest), y.load_rest(i, rest)), d, out + i, rest);
  }
}

template <class X, class Y>
void map_arguments(ops::BinaryKind kind, X x, Y y, float* out, std::int64_t count) {
  using K = ops::BinaryKind;
  switch (kind) {
#define TFJS_MAP(Kind, expression) \
  case K::Kind:                    \
    return map(x, y, out, count, [](FloatVec a, FloatVec b) HWY_ATTR { return expression; });
    TFJS_MAP(Add, hn::Add(a, b))
    TFJS_MAP(Sub, hn::Sub(a, b))
    TFJS_MAP(Mul, hn::Mul(a, b))
    TFJS_MAP(Div, hn::Div(a, b))
    TFJS_MAP(Maximum, hn::IfThenElse(hn::Or(hn::Gt(a, b), hn::Ne(a, a)), a, b))
    TFJS_MAP(Minimum, hn::IfThenElse(hn::Or(hn::Lt(a, b), hn::Ne(a, a)), a, b))
    TFJS_MAP(SquaredDifference, hn::Mul(hn::Sub(a, b), hn::Sub(a, b)))
    TFJS_MAP(Prelu, hn::IfThenElse(hn::Lt(a, hn::Zero(FloatTag())), hn::Mul(a, b), a))
#undef TFJS_MAP
    default:
      return;  // Pow is done below; the rest are comparisons
  }
}

void map_binary_target(ops::BinaryKind kind, const float* x, bool x_is_array, const float* y,
                       bool y_is_array, float* out, std::int64_t count) {
  if (x_is_array && y_is_array) {
    map_arguments(kind, Argument<true>(x), Argument<true>(y), out, count);
  } else if (x_is_array) {
    map_arguments(kind, Argument<true>(x), Argument<false>(y), out, count);
  } else if (y_is_array) {
    map_arguments(kind, Argument<false>(x), Argument<true>(y), out, count);
  } else {
    map_arguments(kind, Argument<false>(x), Argument<false>(y), out, count);
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(map_binary_target);

void map_binary(ops::BinaryKind kind, const float* x, std::int64_t x_step, const float* y,
                std::int64_t y_step, float* out, std::int64_t count) {
  if (count == 0) return;
  if (kind == ops::BinaryKind::Pow) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = std::pow(x[i * x_step], y[i * y_step]);
    return;
  }
  HWY_DYNAMIC_DISPATCH(map_binary_target)(kind, x, x_step != 0, y, y_step != 0, out, count);
}

}  // namespace tfjs::kernels
#endif
