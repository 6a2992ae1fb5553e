#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kOneHot{"OneHot", {"OneHot"}};

Tensor one_hot(const Tensor& indices, std::int64_t depth) {
  const char* what = "one_hot";
  internal::require_given(indices, what, "indices");
  if (indices.dtype() != DType::Int32) {
    throw invalid_argument(what, ": indices must be int32, got ", indices.spec());
  }
  if (depth < 1) throw invalid_argument(what, ": depth must be at least 1, got ", depth);
  TensorSpec output =
      internal::checked_spec(DType::Float32, indices.shape().with_appended(depth), what);
  return evaluate_op(kOneHot, OneHotOptions{depth}, {indices}, std::move(output));
}

}  // namespace tfjs::ops
