#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::ops {

const Op kSelect{"Select", {"Select", "SelectV2"}};

Tensor select(const Tensor& condition, const Tensor& x, const Tensor& y) {
  const char* what = "select";
  internal::require_given(condition, what, "condition");
  if (condition.dtype() != DType::Bool) {
    throw invalid_argument(what, ": condition must be bool, got ", condition.spec());
  }
  const std::vector<Tensor> choices = internal::with_common_dtype({x, y}, what);
  Shape shape =
      shape::broadcast(condition.shape(), shape::broadcast(x.shape(), y.shape(), what), what);
  TensorSpec output = internal::checked_spec(choices[0].dtype(), std::move(shape), what);
  return evaluate_op(kSelect, NoOptions{}, {condition, choices[0], choices[1]}, std::move(output));
}

}  // namespace tfjs::ops
