#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kPad{"Pad", {"Pad", "PadV2"}};

Tensor pad(const Tensor& x, const std::vector<std::int64_t>& before,
           const std::vector<std::int64_t>& after, float value) {
  const char* what = "pad";
  internal::require_given(x, what, "x");
  if (x.dtype() == DType::String) throw invalid_argument(what, ": x must not hold strings");
  const std::size_t rank = static_cast<std::size_t>(x.rank());
  if (before.size() != rank || after.size() != rank) {
    throw invalid_argument(what, ": before and after must be ", rank, " numbers for ", x.shape(),
                           ", got ", before, " and ", after);
  }
  std::vector<std::int64_t> dims = x.shape().dims();
  for (std::size_t i = 0; i < rank; ++i) {
    if (before[i] < 0 || after[i] < 0) {
      throw invalid_argument(what, ": widths must not be negative, got ", before, " and ", after);
    }
    const auto added = checked_add(before[i], after[i]);
    const auto dim = added ? checked_add(dims[i], *added) : std::nullopt;
    if (!dim) throw invalid_argument(what, ": the result is too large");
    dims[i] = *dim;
  }
  Shape shape(std::move(dims));
  if (shape == x.shape()) return x;
  TensorSpec output = internal::checked_spec(x.dtype(), std::move(shape), what);
  return evaluate_op(kPad, PadOptions{before, after, value}, {x}, std::move(output));
}

}  // namespace tfjs::ops
