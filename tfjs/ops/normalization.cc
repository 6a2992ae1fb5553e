#include "tfjs/ops/normalization.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"

namespace tfjs::ops {
namespace {

Tensor softmax_of(const Tensor& x, bool log, const char* what) {
  Tensor input = internal::as_float(x, what, "x");
  if (input.rank() == 0) throw invalid_argument(what, ": x must have rank 1 or more, got a scalar");
  TensorSpec output = input.spec();
  return evaluate_op(kSoftmax, SoftmaxOptions{log}, {std::move(input)}, std::move(output));
}

}  // namespace

// No node of converted graphs is just this: BatchNorm nodes have statistics as inputs.
const Op kScaleShift{"ScaleShift", {}};
const Op kLayerNorm{"LayerNorm", {}};
const Op kSoftmax{"Softmax", {"Softmax", "LogSoftmax"}};

Tensor scale_shift(const Tensor& x, const Tensor& scale, const Tensor& shift, int axis) {
  const char* what = "scale_shift";
  Tensor input = internal::as_float(x, what, "x");
  const int normalized = input.shape().normalize_axis(axis, what);
  const Shape channels = {input.shape()[normalized]};
  internal::require_shape(scale, channels, what, "scale");
  internal::require_shape(shift, channels, what, "shift");
  TensorSpec output = input.spec();
  return evaluate_op(kScaleShift, ScaleShiftOptions{normalized},
                     {std::move(input), internal::as_float(scale, what, "scale"),
                      internal::as_float(shift, what, "shift")},
                     std::move(output));
}

Tensor layer_norm(const Tensor& x, const Tensor& gamma, const Tensor& beta,
                  const std::vector<int>& axes, float epsilon) {
  const char* what = "layer_norm";
  Tensor input = internal::as_float(x, what, "x");
  if (axes.empty()) throw invalid_argument(what, ": axes must not be empty");
  LayerNormOptions options{internal::normalized_axes(input.shape(), axes, what), epsilon};
  Shape normalized;
  for (int axis : options.axes) normalized = normalized.with_appended(input.shape()[axis]);

  TensorSpec output = input.spec();
  std::vector<Tensor> inputs = {std::move(input)};
  if (!gamma.is_empty() || !beta.is_empty()) {
    const auto given_or = [&](const Tensor& parameter, float value, const char* name) {
      if (parameter.is_empty()) return Tensor::full(normalized, value);
      internal::require_shape(parameter, normalized, what, name);
      return internal::as_float(parameter, what, name);
    };
    inputs.push_back(given_or(gamma, 1, "gamma"));
    inputs.push_back(given_or(beta, 0, "beta"));
  }
  return evaluate_op(kLayerNorm, std::move(options), std::move(inputs), std::move(output));
}

Tensor softmax(const Tensor& x) {
  return softmax_of(x, false, "softmax");
}
Tensor log_softmax(const Tensor& x) {
  return softmax_of(x, true, "log_softmax");
}

}  // namespace tfjs::ops
