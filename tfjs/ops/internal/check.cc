#include "tfjs/ops/internal/check.h"

#include <algorithm>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops::internal {

void require_given(const Tensor& x, const char* what, const char* input) {
  if (x.is_empty()) throw invalid_argument(what, ": ", input, " is an empty Tensor");
}

void require_rank(const Tensor& x, int rank, const char* what, const char* input) {
  require_given(x, what, input);
  if (x.rank() != rank) {
    throw invalid_argument(what, ": ", input, " must have rank ", rank, ", got ", x.spec());
  }
}

void require_shape(const Tensor& x, const Shape& shape, const char* what, const char* input) {
  require_given(x, what, input);
  if (x.shape() != shape) {
    throw invalid_argument(what, ": ", input, " must have shape ", shape, ", got ", x.shape());
  }
}

Tensor as_float(const Tensor& x, const char* what, const char* input) {
  require_given(x, what, input);
  if (x.dtype() == DType::Float32) return x;
  if (x.dtype() == DType::Int32 || x.dtype() == DType::Bool) return cast(x, DType::Float32);
  throw invalid_argument(what, ": ", input, " must be float32, int32 or bool, got ", x.spec());
}

std::vector<Tensor> with_common_dtype(std::vector<Tensor> inputs, const char* what) {
  for (const Tensor& input : inputs) require_given(input, what, "an input");
  const bool agree = std::all_of(inputs.begin(), inputs.end(), [&](const Tensor& input) {
    return input.dtype() == inputs.front().dtype();
  });
  if (agree) return inputs;
  for (Tensor& input : inputs) input = as_float(input, what, "an input of several dtypes");
  return inputs;
}

TensorSpec checked_spec(DType dtype, Shape shape, const char* what) {
  const std::size_t element = dtype == DType::String ? sizeof(std::string) : element_size(dtype);
  std::int64_t product = static_cast<std::int64_t>(element);
  for (std::int64_t dim : shape.dims()) {
    // A dimension of 0 counts as 1: the others must still be usable as strides.
    const auto next = checked_multiply(product, std::max<std::int64_t>(dim, 1));
    if (!next) throw invalid_argument(what, ": the result ", shape, " is too large");
    product = *next;
  }
  return {dtype, std::move(shape)};
}

std::vector<int> normalized_axes(const Shape& shape, const std::vector<int>& axes,
                                 const char* what) {
  std::vector<int> out;
  for (int axis : axes) out.push_back(shape.normalize_axis(axis, what));
  std::sort(out.begin(), out.end());
  if (std::adjacent_find(out.begin(), out.end()) != out.end()) {
    throw invalid_argument(what, ": an axis is given twice in ", axes);
  }
  return out;
}

}  // namespace tfjs::ops::internal
