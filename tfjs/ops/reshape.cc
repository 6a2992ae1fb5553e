#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {
namespace {

/// `wanted` with its unknown dimension, if any, worked out from `size` elements.
Shape resolve(const Shape& wanted, std::int64_t size, const Shape& from) {
  std::vector<std::int64_t> dims = wanted.dims();
  std::int64_t known = 1;
  int unknown_axis = -1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == kUnknown) {
      if (unknown_axis >= 0) {
        throw invalid_argument("reshape: only one dimension may be unknown, got ", wanted);
      }
      unknown_axis = static_cast<int>(i);
      continue;
    }
    const auto product = checked_multiply(known, dims[i]);
    if (dims[i] < 0 || !product) throw invalid_argument("reshape: cannot take shape ", wanted);
    known = *product;
  }
  if (unknown_axis >= 0) {
    if (known == 0 || size % known != 0) {
      throw invalid_argument("reshape: ", from, " with ", size, " elements does not fill ", wanted);
    }
    dims[unknown_axis] = size / known;
  } else if (known != size) {
    throw invalid_argument("reshape: ", from, " with ", size, " elements cannot take shape ",
                           wanted, " with ", known);
  }
  return Shape(std::move(dims));
}

}  // namespace

const Op kReshape{"Reshape", {"Reshape", "Squeeze", "ExpandDims"}};

Tensor reshape(const Tensor& x, const Shape& shape) {
  internal::require_given(x, "reshape", "x");
  TensorSpec output =
      internal::checked_spec(x.dtype(), resolve(shape, x.size(), x.shape()), "reshape");
  if (output.shape == x.shape()) return x;
  // A concrete tensor needs no step: its result would be a constant even while a function is
  // traced.
  if (!x.is_traced()) return x.with_shape(output.shape);
  return evaluate_op(kReshape, NoOptions{}, {x}, std::move(output));
}

Tensor squeeze(const Tensor& x, int axis) {
  internal::require_given(x, "squeeze", "x");
  const int normalized = x.shape().normalize_axis(axis, "squeeze");
  if (x.shape()[normalized] != 1) {
    throw invalid_argument("squeeze: axis ", axis, " of ", x.shape(), " is not 1");
  }
  return reshape(x, concat(x.shape().sub(0, normalized), x.shape().sub(normalized + 1)));
}

Tensor expand_dims(const Tensor& x, int axis) {
  internal::require_given(x, "expand_dims", "x");
  const int normalized = x.shape().with_appended(1).normalize_axis(axis, "expand_dims");
  return reshape(x,
                 concat(x.shape().sub(0, normalized).with_appended(1), x.shape().sub(normalized)));
}

}  // namespace tfjs::ops
