#include "tfjs/ops/pool.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"

namespace tfjs::ops {

const Op kPool{"Pool", {"MaxPool", "AvgPool", "MaxPool3D", "AvgPool3D"}};

Tensor pool(PoolKind kind, const Tensor& x, const PoolArguments& arguments) {
  const char* what = kind == PoolKind::Max ? "max_pool" : "average_pool";
  const std::size_t axes = arguments.size.size();
  if (axes != 2 && axes != 3) {
    throw invalid_argument(what, ": size must be 2 or 3 numbers, got ", arguments.size);
  }
  const std::vector<std::int64_t>& strides =
      arguments.strides.empty() ? arguments.size : arguments.strides;
  if (strides.size() != axes) {
    throw invalid_argument(what, ": strides must be ", axes, " numbers, got ", strides);
  }
  internal::require_rank(x, static_cast<int>(axes) + 2, what, "x");

  PoolOptions options;
  options.kind = kind;
  Shape shape = x.shape();
  for (std::size_t i = 0; i < axes; ++i) {
    const int axis = static_cast<int>(i) + 1;
    options.axes.push_back(shape::conv_axis(x.shape()[axis], arguments.size[i], strides[i], 1,
                                            arguments.padding, what, static_cast<int>(axes)));
    shape.set_dim(axis, options.axes.back().output);
  }
  TensorSpec output = internal::checked_spec(DType::Float32, std::move(shape), what);
  return evaluate_op(kPool, std::move(options), {internal::as_float(x, what, "x")},
                     std::move(output));
}

}  // namespace tfjs::ops
