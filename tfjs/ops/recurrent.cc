#include "tfjs/ops/recurrent.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"

namespace tfjs::ops {
namespace {

int gate_count(CellKind cell) {
  switch (cell) {
    case CellKind::SimpleRnn:
      return 1;
    case CellKind::Gru:
      return 3;
    case CellKind::Lstm:
      return 4;
  }
  throw internal_error("recurrent: no such cell: ", static_cast<int>(cell));
}

}  // namespace

const Op kRecurrent{"Recurrent", {}};

std::vector<Tensor> recurrent(const Tensor& x, const Tensor& kernel, const Tensor& recurrent_kernel,
                              const Tensor& bias, const std::vector<Tensor>& states,
                              const Tensor& mask, RecurrentOptions options) {
  const char* what = "recurrent";
  internal::require_rank(x, 3, what, "x");
  internal::require_rank(recurrent_kernel, 2, what, "recurrent_kernel");
  const std::int64_t batch = x.shape()[0];
  const std::int64_t steps = x.shape()[1];
  const std::int64_t units = recurrent_kernel.shape()[0];
  const std::int64_t width =
      internal::checked_spec(DType::Float32, {gate_count(options.cell), units}, what).shape.size();
  internal::require_shape(kernel, {x.shape()[2], width}, what, "kernel");
  internal::require_shape(recurrent_kernel, {units, width}, what, "recurrent_kernel");
  if (options.reset_after && options.cell != CellKind::Gru) {
    throw invalid_argument(what, ": only a Gru has reset_after");
  }

  std::vector<Tensor> inputs = {internal::as_float(x, what, "x"),
                                internal::as_float(kernel, what, "kernel"),
                                internal::as_float(recurrent_kernel, what, "recurrent_kernel")};
  options.use_bias = !bias.is_empty();
  if (options.use_bias) {
    const Shape shape = options.reset_after ? Shape{2, width} : Shape{width};
    internal::require_shape(bias, shape, what, "bias");
    inputs.push_back(internal::as_float(bias, what, "bias"));
  }
  const std::size_t state_count = options.cell == CellKind::Lstm ? 2 : 1;
  if (states.size() != state_count) {
    throw invalid_argument(what, ": expected ", state_count, " states, got ", states.size());
  }
  for (const Tensor& state : states) {
    internal::require_shape(state, {batch, units}, what, "a state");
    inputs.push_back(internal::as_float(state, what, "a state"));
  }
  options.has_mask = !mask.is_empty();
  if (options.has_mask) {
    internal::require_shape(mask, {batch, steps}, what, "mask");
    if (mask.dtype() != DType::Bool) {
      throw invalid_argument(what, ": mask must be bool, got ", mask.spec());
    }
    inputs.push_back(mask);
  }

  std::vector<TensorSpec> outputs = {
      internal::checked_spec(DType::Float32, {batch, steps, units}, what)};
  for (std::size_t i = 0; i < state_count; ++i) outputs.push_back({DType::Float32, {batch, units}});
  return current_evaluator().evaluate(
      OpCall{&kRecurrent, std::any(options), std::move(inputs), std::move(outputs)});
}

}  // namespace tfjs::ops
