#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kTranspose{"Transpose", {"Transpose"}};

Tensor transpose(const Tensor& x, const std::vector<int>& permutation) {
  internal::require_given(x, "transpose", "x");
  std::vector<bool> seen(x.rank(), false);
  std::vector<std::int64_t> dims;
  bool is_identity = true;
  for (int axis : permutation) {
    if (axis < 0 || axis >= x.rank() || seen[axis]) break;
    is_identity = is_identity && axis == static_cast<int>(dims.size());
    seen[axis] = true;
    dims.push_back(x.shape()[axis]);
  }
  if (dims.size() != permutation.size() || x.rank() != static_cast<int>(permutation.size())) {
    throw invalid_argument("transpose: ", permutation, " is no permutation of the axes of ",
                           x.shape());
  }
  if (is_identity) return x;
  return evaluate_op(kTranspose, TransposeOptions{permutation}, {x},
                     {x.dtype(), Shape(std::move(dims))});
}

}  // namespace tfjs::ops
