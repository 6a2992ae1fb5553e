#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/unary_math.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include "tfjs/kernels/simd/math-inl.h"
#include "tfjs/kernels/simd/unary_math.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// clip(x); NaN passes.
HWY_INLINE FloatVec clip(FloatTag d, FloatVec x, float low, float high) {
  return hn::Min(hn::Set(d, high), hn::Max(hn::Set(d, low), x));
}

template <class F>
HWY_INLINE void map(const float* in, float* out, std::int64_t count, F f) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(f(d, hn::LoadU(d, in + i)), d, out + i);
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    store_part(f(d, load_part(d, in + i, rest)), d, out + i, rest);
  }
}

void map_unary_target(const ops::UnaryOptions& options, const float* in, float* out,
                      std::int64_t count) {
  using K = ops::UnaryKind;
  const float a = options.alpha;
  const float b = options.beta;
  switch (options.kind) {
#define TFJS_MAP(Kind, expression)                                                          \
  case K::Kind:                                                                             \
    return map(in, out, count, [=](FloatTag d, FloatVec x) HWY_ATTR -> FloatVec {           \
      [[maybe_unused]] const FloatVec zero = hn::Zero(d);                                   \
      [[maybe_unused]] const FloatVec one = hn::Set(d, 1.0f);                               \
      [[maybe_unused]] const auto number = [=](float v) HWY_ATTR { return hn::Set(d, v); }; \
      return expression;                                                                    \
    });
    TFJS_MAP(Linear, x)
    TFJS_MAP(Relu, hn::Max(zero, x))
    TFJS_MAP(Relu6, clip(d, x, 0.0f, 6.0f))
    TFJS_MAP(Sigmoid, sigmoid(d, x))
    TFJS_MAP(HardSigmoid, clip(d, hn::MulAdd(number(0.2f), x, number(0.5f)), 0.0f, 1.0f))
    TFJS_MAP(Tanh, tanh(d, x))
    TFJS_MAP(Elu, hn::IfThenElse(hn::Ge(x, zero), x, expm1(d, x)))
    TFJS_MAP(Selu, hn::Mul(number(1.0507009873554805f),
                           hn::IfThenElse(hn::Ge(x, zero), x,
                                          hn::Mul(number(1.6732632423543772f), expm1(d, x)))))
    TFJS_MAP(Softplus, hn::IfThenElse(hn::Gt(x, number(20.0f)), x, log1p(d, exp(d, x))))
    TFJS_MAP(Softsign, hn::Div(x, hn::Add(one, hn::Abs(x))))
    TFJS_MAP(Gelu, hn::Mul(hn::Mul(number(0.5f), x),
                           hn::Add(one, erf(d, hn::Mul(x, number(0.70710678118654752f))))))
    // 0.5 (1 + tanh(u)) = sigmoid(2 u)
    TFJS_MAP(GeluNew,
             hn::Mul(x, sigmoid(d, hn::Mul(hn::Mul(number(1.5957691216057308f), x),
                                           hn::MulAdd(number(0.044715f), hn::Mul(x, x), one)))))
    TFJS_MAP(Mish, mish(d, x))
    TFJS_MAP(Swish, hn::Div(x, hn::Add(one, exp(d, hn::Neg(x)))))
    TFJS_MAP(LeakyRelu, hn::IfThenElse(hn::Ge(x, zero), x, hn::Mul(number(a), x)))
    TFJS_MAP(ClipByValue, clip(d, x, a, b))
    TFJS_MAP(ThresholdedRelu, hn::Mul(x, hn::IfThenElseZero(hn::Gt(x, number(a)), one)))
    TFJS_MAP(Exp, exp(d, x))
    TFJS_MAP(Expm1, expm1(d, x))
    TFJS_MAP(Log, log(d, x))
    TFJS_MAP(Log1p, log1p(d, x))
    TFJS_MAP(Sqrt, hn::Sqrt(x))
    TFJS_MAP(Rsqrt, hn::Div(one, hn::Sqrt(x)))
    TFJS_MAP(Square, hn::Mul(x, x))
    TFJS_MAP(Abs, hn::Abs(x))
    TFJS_MAP(Neg, hn::Neg(x))
    TFJS_MAP(Reciprocal, hn::Div(one, x))
    TFJS_MAP(Floor, hn::Floor(x))
    TFJS_MAP(Ceil, hn::Ceil(x))
    TFJS_MAP(Round, hn::Round(x))
    TFJS_MAP(Sign, hn::IfThenElse(hn::Gt(hn::Abs(x), zero), hn::CopySign(one, x), x))
    TFJS_MAP(Erf, erf(d, x))
#undef TFJS_MAP
    case K::Sin:
    case K::Cos:
      return;  // has_vector_form says no
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(map_unary_target);

bool has_vector_form(ops::UnaryKind kind) {
  return kind != ops::UnaryKind::Sin && kind != ops::UnaryKind::Cos;
}

void map_unary(const ops::UnaryOptions& f, const float* in, float* out, std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(map_unary_target)(f, in, out, count);
}

}  // namespace tfjs::kernels
#endif
