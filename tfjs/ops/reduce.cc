#include "tfjs/ops/reduce.h"

#include <numeric>

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {
namespace {

const char* function_name(ReduceKind kind) {
  switch (kind) {
    case ReduceKind::Sum:
      return "sum";
    case ReduceKind::Mean:
      return "mean";
    case ReduceKind::Max:
      return "max";
    case ReduceKind::Min:
      return "min";
    case ReduceKind::Prod:
      return "prod";
    case ReduceKind::Any:
      return "any";
    case ReduceKind::All:
      return "all";
  }
  throw internal_error("reduce: no such kind: ", static_cast<int>(kind));
}

/// x in the dtype the reduction works in, which is also its result's.
Tensor as_reducible(ReduceKind kind, const Tensor& x, const char* what) {
  internal::require_given(x, what, "x");
  if (kind == ReduceKind::Any || kind == ReduceKind::All) {
    if (x.dtype() != DType::Bool) throw invalid_argument(what, ": x must be bool, got ", x.spec());
    return x;
  }
  if (kind == ReduceKind::Mean) return internal::as_float(x, what, "x");
  if (x.dtype() == DType::Bool) return cast(x, DType::Int32);
  if (x.dtype() == DType::Int32) return x;
  return internal::as_float(x, what, "x");
}

Tensor arg_reduce(const Tensor& x, int axis, bool max) {
  const char* what = max ? "arg_max" : "arg_min";
  Tensor input = internal::as_float(x, what, "x");
  const int normalized = input.shape().normalize_axis(axis, what);
  if (input.shape()[normalized] == 0) {
    throw invalid_argument(what, ": axis ", axis, " of ", input.shape(), " has no elements");
  }
  Shape shape = concat(input.shape().sub(0, normalized), input.shape().sub(normalized + 1));
  return evaluate_op(kArgReduce, ArgOptions{normalized, max}, {std::move(input)},
                     {DType::Int32, std::move(shape)});
}

}  // namespace

const Op kReduce{"Reduce", {"Sum", "Mean", "Max", "Min", "Prod", "Any", "All"}};
const Op kArgReduce{"ArgReduce", {"ArgMax", "ArgMin"}};

Tensor reduce(ReduceKind kind, const Tensor& x, std::vector<int> axes, bool keep_dims) {
  const char* what = function_name(kind);
  Tensor input = as_reducible(kind, x, what);
  if (axes.empty()) {
    axes.resize(input.rank());
    std::iota(axes.begin(), axes.end(), 0);
  }
  ReduceOptions options{kind, internal::normalized_axes(input.shape(), axes, what), keep_dims};
  std::vector<std::int64_t> dims;
  auto next_reduced = options.axes.begin();
  for (int axis = 0; axis < input.rank(); ++axis) {
    if (next_reduced == options.axes.end() || *next_reduced != axis) {
      dims.push_back(input.shape()[axis]);
      continue;
    }
    if (keep_dims) dims.push_back(1);
    ++next_reduced;
  }
  TensorSpec output{input.dtype(), Shape(std::move(dims))};
  return evaluate_op(kReduce, std::move(options), {std::move(input)}, std::move(output));
}

Tensor arg_max(const Tensor& x, int axis) {
  return arg_reduce(x, axis, true);
}
Tensor arg_min(const Tensor& x, int axis) {
  return arg_reduce(x, axis, false);
}

}  // namespace tfjs::ops
