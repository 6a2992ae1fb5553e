// Elementwise functions of two arguments: the rows of binary.def.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

enum class BinaryKind {
#define BINARY(Kind, function, tensorflow, expression) Kind,
#define COMPARISON(Kind, function, tensorflow, expression) Kind,
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
};

struct BinaryOptions {
  BinaryKind kind = BinaryKind::Add;
};

extern const Op kBinary;

/// Shapes    x, y  broadcast against each other as in NumPy.
/// Dtypes    both float32, both int32 or (comparisons) both bool; mixed float32/int32/bool are cast
/// to float32.
///           Result: that dtype; bool for comparisons.
/// Errors    InvalidArgument: shapes do not broadcast.
Tensor binary(BinaryKind kind, const Tensor& x, const Tensor& y);

#define BINARY(Kind, function, tensorflow, expression) \
  Tensor function(const Tensor& x, const Tensor& y);
#define COMPARISON(Kind, function, tensorflow, expression) \
  Tensor function(const Tensor& x, const Tensor& y);
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON

}  // namespace tfjs::ops
