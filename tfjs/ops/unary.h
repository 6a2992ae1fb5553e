// Elementwise functions of one argument: the rows of unary.def.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

enum class UnaryKind {
  Linear,  ///< x itself; never evaluated, says "no activation" in an Epilogue
#define UNARY(Kind, function, tensorflow, expression) Kind,
#include "tfjs/ops/unary.def"
#undef UNARY
};

/// alpha and beta are the a and b of the row: LeakyRelu's slope, ClipByValue's bounds,
/// ThresholdedRelu's theta.
struct UnaryOptions {
  UnaryKind kind = UnaryKind::Linear;
  float alpha = 0;
  float beta = 0;
  bool operator==(const UnaryOptions&) const = default;
};

extern const Op kUnary;

/// Shapes    x  any, float32 (other dtypes are cast to float32 first); result like x.
Tensor unary(const Tensor& x, const UnaryOptions& options);

#define UNARY(Kind, function, tensorflow, expression) Tensor function(const Tensor& x);
UNARY(Relu, relu, "", x)
UNARY(Sigmoid, sigmoid, "", x)
UNARY(Tanh, tanh, "", x)
UNARY(Exp, exp, "", x)
UNARY(Log, log, "", x)
UNARY(Sqrt, sqrt, "", x)
UNARY(Rsqrt, rsqrt, "", x)
UNARY(Square, square, "", x)
UNARY(Abs, abs, "", x)
UNARY(Neg, neg, "", x)
#undef UNARY
Tensor leaky_relu(const Tensor& x, float alpha);
Tensor clip_by_value(const Tensor& x, float low, float high);

}  // namespace tfjs::ops
