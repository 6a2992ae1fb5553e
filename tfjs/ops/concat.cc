#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kConcat{"Concat", {"Concat", "ConcatV2"}};

Tensor concat(const std::vector<Tensor>& parts, int axis) {
  const char* what = "concat";
  if (parts.empty()) throw invalid_argument(what, ": there must be at least one tensor");
  std::vector<Tensor> inputs = internal::with_common_dtype(parts, what);
  if (inputs.size() == 1) return inputs[0];

  const Shape& first = inputs[0].shape();
  const int normalized = first.normalize_axis(axis, what);
  Shape shape = first;
  std::int64_t length = 0;
  for (const Tensor& input : inputs) {
    bool fits = input.rank() == first.rank();
    for (int i = 0; fits && i < first.rank(); ++i) {
      fits = i == normalized || input.shape()[i] == first[i];
    }
    if (!fits) {
      throw invalid_argument(what, ": shapes must agree in all axes but ", normalized, ", got ",
                             first, " and ", input.shape());
    }
    const auto sum = checked_add(length, input.shape()[normalized]);
    if (!sum) throw invalid_argument(what, ": the result is too large");
    length = *sum;
  }
  shape.set_dim(normalized, length);
  TensorSpec output = internal::checked_spec(inputs[0].dtype(), std::move(shape), what);
  return evaluate_op(kConcat, ConcatOptions{normalized}, std::move(inputs), std::move(output));
}

}  // namespace tfjs::ops
