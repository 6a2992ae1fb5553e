#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kGather{"Gather", {"Gather", "GatherV2"}};

Tensor gather(const Tensor& x, const Tensor& indices, int axis) {
  const char* what = "gather";
  internal::require_given(x, what, "x");
  internal::require_given(indices, what, "indices");
  if (indices.dtype() != DType::Int32) {
    throw invalid_argument(what, ": indices must be int32, got ", indices.spec());
  }
  const int normalized = x.shape().normalize_axis(axis, what);
  Shape shape = tfjs::concat(tfjs::concat(x.shape().sub(0, normalized), indices.shape()),
                             x.shape().sub(normalized + 1));
  TensorSpec output = internal::checked_spec(x.dtype(), std::move(shape), what);
  return evaluate_op(kGather, GatherOptions{normalized}, {x, indices}, std::move(output));
}

}  // namespace tfjs::ops
