#include "tfjs/ops/matmul.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::ops {

const Op kMatmul{"Matmul", {"MatMul"}};
const Op kBatchMatmul{"BatchMatmul", {"BatchMatMul", "BatchMatMulV2"}};

Tensor matmul(const Tensor& a, const Tensor& b) {
  const char* what = "matmul";
  internal::require_given(a, what, "a");
  internal::require_rank(b, 2, what, "b");
  if (a.rank() < 1 || a.shape()[-1] != b.shape()[0]) {
    throw invalid_argument(what, ": the last dimension of a ", a.shape(),
                           " must be the first of b ", b.shape());
  }
  TensorSpec output = internal::checked_spec(
      DType::Float32, a.shape().sub(0, a.rank() - 1).with_appended(b.shape()[1]), what);
  return evaluate_op(kMatmul, MatmulOptions{},
                     {internal::as_float(a, what, "a"), internal::as_float(b, what, "b")},
                     std::move(output));
}

Tensor batch_matmul(const Tensor& a, const Tensor& b, const BatchMatmulOptions& options) {
  const char* what = "batch_matmul";
  internal::require_given(a, what, "a");
  internal::require_given(b, what, "b");
  if (a.rank() < 2 || b.rank() < 2) {
    throw invalid_argument(what, ": a and b must have rank 2 or more, got ", a.shape(), " and ",
                           b.shape());
  }
  const std::int64_t rows = a.shape()[options.transpose_a ? -1 : -2];
  const std::int64_t a_inner = a.shape()[options.transpose_a ? -2 : -1];
  const std::int64_t b_inner = b.shape()[options.transpose_b ? -1 : -2];
  const std::int64_t columns = b.shape()[options.transpose_b ? -2 : -1];
  if (a_inner != b_inner) {
    throw invalid_argument(what, ": inner dimensions differ: a ", a.shape(),
                           options.transpose_a ? " transposed" : "", " has ", a_inner, ", b ",
                           b.shape(), options.transpose_b ? " transposed" : "", " has ", b_inner);
  }
  const Shape leading =
      shape::broadcast(a.shape().sub(0, a.rank() - 2), b.shape().sub(0, b.rank() - 2), what);
  TensorSpec output =
      internal::checked_spec(DType::Float32, concat(leading, {rows, columns}), what);
  return evaluate_op(kBatchMatmul, options,
                     {internal::as_float(a, what, "a"), internal::as_float(b, what, "b")},
                     std::move(output));
}

}  // namespace tfjs::ops
