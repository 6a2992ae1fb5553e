#include "tfjs/ops/reduce.h"

#include <limits>

#include "tfjs/kernels/reference/axis_split.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/to_int32.h"

namespace tfjs::kernels {
namespace {

using ops::ReduceKind;

double initial(ReduceKind kind) {
  switch (kind) {
    case ReduceKind::Prod:
    case ReduceKind::All:
      return 1;
    case ReduceKind::Max:
      return -std::numeric_limits<double>::infinity();
    case ReduceKind::Min:
      return std::numeric_limits<double>::infinity();
    default:
      return 0;
  }
}

double combined(ReduceKind kind, double so_far, double value) {
  switch (kind) {
    case ReduceKind::Sum:
    case ReduceKind::Mean:
      return so_far + value;
    case ReduceKind::Prod:
      return so_far * value;
    case ReduceKind::Max:
      return value > so_far || value != value ? value : so_far;
    case ReduceKind::Min:
      return value < so_far || value != value ? value : so_far;
    case ReduceKind::Any:
      return so_far != 0 || value != 0;
    case ReduceKind::All:
      return so_far != 0 && value != 0;
  }
  return so_far;
}

void store(double value, float* out) {
  *out = static_cast<float>(value);
}
void store(double value, std::int32_t* out) {
  *out = to_int32(value);
}
void store(double value, std::uint8_t* out) {
  *out = value != 0;
}

template <class T>
std::unique_ptr<runtime::Kernel> make_reduction(const AxisSplit& split, ReduceKind kind) {
  return function_kernel([split, kind](const runtime::KernelRun& run) {
    T* out = run.output<T>(0);
    split.kept.for_each([&](const auto& group) {
      const T* x = run.input<T>(0) + group[0];
      double result = initial(kind);
      split.reduced.for_each([&](const auto& at) { result = combined(kind, result, x[at[0]]); });
      if (kind == ReduceKind::Mean) result /= split.group_size;
      store(result, out++);
    });
  });
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Reduce_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::ReduceOptions>();
  const AxisSplit split = split_axes(setup.inputs[0].shape, options.axes);
  switch (setup.inputs[0].dtype) {
    case DType::Float32:
      return make_reduction<float>(split, options.kind);
    case DType::Int32:
      return make_reduction<std::int32_t>(split, options.kind);
    case DType::Bool:
      return make_reduction<std::uint8_t>(split, options.kind);
    default:
      return nullptr;
  }
}

}  // namespace tfjs::kernels
