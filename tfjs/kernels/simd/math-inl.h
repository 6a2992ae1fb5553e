// Transcendental functions of float vectors, to about two units in the last place.
//
// The polynomials interpolate the exact functions at Chebyshev nodes of the interval each comment
// names. NaN in gives NaN out: the order of arguments of Min and Max matters on x86, where a NaN as
// the second one is returned.
#if defined(TFJS_KERNELS_SIMD_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TFJS_KERNELS_SIMD_MATH_INL_H_
#undef TFJS_KERNELS_SIMD_MATH_INL_H_
#else
#define TFJS_KERNELS_SIMD_MATH_INL_H_
#endif

#include <limits>

#include "hwy/highway.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// c0 + c1 x + c2 x^2 + ...
template <class... Rest>
HWY_INLINE FloatVec polynomial(FloatTag d, FloatVec x, float c0, Rest... rest) {
  if constexpr (sizeof...(rest) == 0) {
    return hn::Set(d, c0);
  } else {
    return hn::MulAdd(polynomial(d, x, rest...), x, hn::Set(d, c0));
  }
}

/// x * 2^n for the integers n in `n`, -254 <= n <= 254; exact where the result is a normal number.
HWY_INLINE FloatVec scale_by_power(FloatTag d, FloatVec x,
                                   hn::Vec<hn::RebindToSigned<FloatTag>> n) {
  const hn::RebindToSigned<FloatTag> di;
  const auto half = hn::ShiftRight<1>(n);
  const auto bias = hn::Set(di, 127);
  const auto a = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(half, bias)));
  const auto b = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(hn::Sub(n, half), bias)));
  return hn::Mul(hn::Mul(x, a), b);
}

/// x as n log(2) + r with |r| <= log(2) / 2; x is bounded to where exp is neither 0 nor infinite
/// for good.
HWY_INLINE hn::Vec<hn::RebindToSigned<FloatTag>> reduce_exp(FloatTag d, FloatVec x, FloatVec& r) {
  const FloatVec bounded = hn::Min(hn::Set(d, 90.0f), hn::Max(hn::Set(d, -105.0f), x));
  const auto n = hn::NearestInt(hn::Mul(bounded, hn::Set(d, 1.44269504f)));
  const FloatVec nf = hn::ConvertTo(d, n);
  r = hn::NegMulAdd(nf, hn::Set(d, 0.693145752f), bounded);
  r = hn::NegMulAdd(nf, hn::Set(d, 1.42860677e-6f), r);
  return n;
}

HWY_INLINE FloatVec exp(FloatTag d, FloatVec x) {
  FloatVec r;
  const auto n = reduce_exp(d, x, r);
  // (e^r - 1 - r) / r^2 on |r| <= log(2) / 2
  const FloatVec tail =
      polynomial(d, r, 0.5f, 0.166665763f, 0.0416665561f, 0.00836319011f, 0.0013926198f);
  const FloatVec p = hn::Add(hn::MulAdd(hn::Mul(r, r), tail, r), hn::Set(d, 1.0f));
  return scale_by_power(d, p, n);
}

HWY_INLINE FloatVec expm1(FloatTag d, FloatVec x) {
  // (e^x - 1 - x) / x^2 on |x| <= 1/2
  const FloatVec tail = polynomial(d, x, 0.5f, 0.166666672f, 0.0416657925f, 0.00833323598f,
                                   0.00139821856f, 0.000199448739f);
  const FloatVec small = hn::MulAdd(hn::Mul(x, x), tail, x);
  const FloatVec large = hn::Sub(exp(d, x), hn::Set(d, 1.0f));
  return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0.5f)), small, large);
}

HWY_INLINE FloatVec log(FloatTag d, FloatVec x) {
  const hn::RebindToSigned<FloatTag> di;
  const FloatVec infinity = hn::Set(d, std::numeric_limits<float>::infinity());
  // Subnormal numbers are brought into the normal range first.
  const auto tiny = hn::Lt(x, hn::Set(d, std::numeric_limits<float>::min()));
  const FloatVec normal = hn::IfThenElse(tiny, hn::Mul(x, hn::Set(d, 33554432.0f)), x);
  // m in [sqrt(1/2), sqrt(2)) and the exponent that goes with it
  const auto bits = hn::Add(hn::BitCast(di, normal), hn::Set(di, 0x3f800000 - 0x3f3504f3));
  const auto exponent = hn::Sub(hn::ShiftRight<23>(bits), hn::Set(di, 127));
  const FloatVec m =
      hn::BitCast(d, hn::Add(hn::And(bits, hn::Set(di, 0x007fffff)), hn::Set(di, 0x3f3504f3)));
  const FloatVec e =
      hn::Sub(hn::ConvertTo(d, exponent), hn::IfThenElseZero(tiny, hn::Set(d, 25.0f)));
  const FloatVec f = hn::Sub(m, hn::Set(d, 1.0f));
  const FloatVec f2 = hn::Mul(f, f);
  // (log(1 + f) - f + f^2 / 2) / f^3 on that interval
  const FloatVec tail =
      polynomial(d, f, 0.333333313f, -0.24999997f, 0.200007156f, -0.166678026f, 0.142490581f,
                 -0.124256872f, 0.116854198f, -0.114797339f, 0.0697161183f);
  FloatVec y = hn::Mul(hn::Mul(f2, f), tail);
  y = hn::MulAdd(e, hn::Set(d, 1.42860677e-6f), y);
  y = hn::NegMulAdd(f2, hn::Set(d, 0.5f), y);
  y = hn::MulAdd(e, hn::Set(d, 0.693145752f), hn::Add(f, y));
  y = hn::IfThenElse(hn::Eq(x, infinity), x, y);
  y = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), hn::Neg(infinity), y);
  const FloatVec nan = hn::Set(d, std::numeric_limits<float>::quiet_NaN());
  return hn::IfThenElse(hn::Ge(x, hn::Zero(d)), y, nan);
}

HWY_INLINE FloatVec log1p(FloatTag d, FloatVec x) {
  const FloatVec one = hn::Set(d, 1.0f);
  const FloatVec u = hn::Add(one, x);
  // What 1 + x lost by rounding, to first order; not where u is 0 or infinite.
  const FloatVec lost = hn::Sub(x, hn::Sub(u, one));
  const auto regular = hn::And(hn::Gt(u, hn::Zero(d)),
                               hn::Lt(u, hn::Set(d, std::numeric_limits<float>::infinity())));
  return hn::Add(log(d, u), hn::IfThenElseZero(regular, hn::Div(lost, u)));
}

HWY_INLINE FloatVec sigmoid(FloatTag d, FloatVec x) {
  const FloatVec one = hn::Set(d, 1.0f);
  return hn::Div(one, hn::Add(one, exp(d, hn::Neg(x))));
}

HWY_INLINE FloatVec tanh(FloatTag d, FloatVec x) {
  const FloatVec one = hn::Set(d, 1.0f);
  const FloatVec z = hn::Mul(x, x);
  // (tanh(x) - x) / x^3 in x^2, for |x| <= 0.625
  const FloatVec tail =
      polynomial(d, z, -0.333333284f, 0.133327693f, -0.0538509078f, 0.0209971797f, -0.00609671418f);
  const FloatVec small = hn::MulAdd(hn::Mul(z, x), tail, x);
  const FloatVec a = hn::Abs(x);
  const FloatVec e = exp(d, hn::Add(a, a));
  const FloatVec large = hn::Sub(one, hn::Div(hn::Set(d, 2.0f), hn::Add(e, one)));
  return hn::IfThenElse(hn::Lt(a, hn::Set(d, 0.625f)), small, hn::CopySign(large, x));
}

HWY_INLINE FloatVec erf(FloatTag d, FloatVec x) {
  const FloatVec z = hn::Mul(x, x);
  // erf(x) / x in x^2, for |x| <= 0.9
  const FloatVec small =
      hn::Mul(x, polynomial(d, z, 1.12837923f, -0.376126349f, 0.11283718f, -0.0268606655f,
                            0.00520422682f, -0.000817963213f, 8.52940138e-05f));
  const FloatVec a = hn::Min(hn::Set(d, 4.0f), hn::Abs(x));
  // log(1 - erf(a)) for 0.85 <= a <= 4; erf is 1 in float beyond.
  const FloatVec log_rest =
      polynomial(d, a, 0.000310714153f, -1.13020229f, -0.631868303f, -0.11004965f, 0.0264085568f,
                 -0.00475662621f, 0.000596443191f, -4.60430165e-05f, 1.63761581e-06f);
  const FloatVec large = hn::Sub(hn::Set(d, 1.0f), exp(d, log_rest));
  return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0.9f)), small, hn::CopySign(large, x));
}

/// x tanh(log(1 + e^x)), where tanh(log(u)) = (u^2 - 1) / (u^2 + 1)
HWY_INLINE FloatVec mish(FloatTag d, FloatVec x) {
  const FloatVec two = hn::Set(d, 2.0f);
  const FloatVec e = exp(d, x);
  const FloatVec n = hn::Mul(e, hn::Add(e, two));
  const FloatVec y = hn::Mul(x, hn::Div(n, hn::Add(n, two)));
  return hn::IfThenElse(hn::Gt(x, hn::Set(d, 20.0f)), x, y);
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_MATH_INL_H_
