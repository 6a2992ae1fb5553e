// Reductions.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

enum class ReduceKind { Sum, Mean, Max, Min, Prod, Any, All };

struct ReduceOptions {
  ReduceKind kind = ReduceKind::Sum;
  std::vector<int> axes;  ///< ascending, non-negative
  bool keep_dims = false;
};
struct ArgOptions {
  int axis = 0;
  bool max = true;
};

extern const Op kReduce;
extern const Op kArgReduce;

/// `axes` may be negative; empty means all. Any and All take and give bool; Mean gives float32.
Tensor reduce(ReduceKind kind, const Tensor& x, std::vector<int> axes = {}, bool keep_dims = false);
/// Index of the first largest (smallest) element, int32.
Tensor arg_max(const Tensor& x, int axis);
Tensor arg_min(const Tensor& x, int axis);

}  // namespace tfjs::ops
