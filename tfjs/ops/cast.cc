#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {
namespace {

bool is_real(DType dtype) {
  return dtype == DType::Float32 || dtype == DType::Int32 || dtype == DType::Bool;
}

}  // namespace

const Op kCast{"Cast", {"Cast"}};

Tensor cast(const Tensor& x, DType to) {
  internal::require_given(x, "cast", "x");
  if (x.dtype() == to) return x;
  if (!is_real(x.dtype()) || !is_real(to)) {
    throw invalid_argument("cast: ", x.spec(), " cannot become ", to);
  }
  return evaluate_op(kCast, CastOptions{to}, {x}, {to, x.shape()});
}

}  // namespace tfjs::ops
