#include <cmath>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/kernels/reference/to_int32.h"
#include "tfjs/ops/binary.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {
namespace {

using ops::BinaryKind;

/// `Number` is float, or double for int32 and bool: no int32 product or quotient overflows or traps
/// in it.
template <class Number>
Number arithmetic(BinaryKind kind, Number x, Number y) {
  switch (kind) {
#define BINARY(Kind, function, tensorflow, expression) \
  case BinaryKind::Kind:                               \
    return expression;
#define COMPARISON(Kind, function, tensorflow, expression) \
  case BinaryKind::Kind:                                   \
    return static_cast<Number>(expression);
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
  }
  return 0;
}

/// int32 tensors divide as TensorFlow.js does: rounded down.
std::int32_t int_arithmetic(BinaryKind kind, double x, double y) {
  const double result = arithmetic(kind, x, y);
  return to_int32(kind == BinaryKind::Div ? std::floor(result) : result);
}

template <class In, class Out, class Function>
std::unique_ptr<runtime::Kernel> make_by_cell(const runtime::KernelSetup& setup,
                                              Function function) {
  const Shape& shape = setup.outputs[0].shape;
  StridedWalk<2> walk(shape.dims(), {shape::broadcast_strides(setup.inputs[0].shape, shape),
                                     shape::broadcast_strides(setup.inputs[1].shape, shape)});
  FunctionKernelTraits traits;
  for (std::size_t i = 0; i < 2 && sizeof(In) == sizeof(Out); ++i) {
    if (setup.inputs[i].shape == shape) traits.overwritable_inputs.push_back(i);
  }
  return function_kernel(
      [walk, function](const runtime::KernelRun& run) {
        const In* x = run.input<In>(0);
        const In* y = run.input<In>(1);
        Out* out = run.output<Out>(0);
        walk.for_each([&](const auto& at) { *out++ = function(x[at[0]], y[at[1]]); });
      },
      traits);
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Binary_reference(const runtime::KernelSetup& setup) {
  const BinaryKind kind = setup.options<ops::BinaryOptions>().kind;
  const auto compare = [kind](auto x, auto y) -> std::uint8_t {
    return arithmetic<double>(kind, x, y) != 0;
  };
  const bool is_comparison = setup.outputs[0].dtype == DType::Bool;
  switch (setup.inputs[0].dtype) {
    case DType::Float32:
      if (is_comparison) return make_by_cell<float, std::uint8_t>(setup, compare);
      return make_by_cell<float, float>(
          setup, [kind](float x, float y) { return arithmetic<float>(kind, x, y); });
    case DType::Int32:
      if (is_comparison) return make_by_cell<std::int32_t, std::uint8_t>(setup, compare);
      return make_by_cell<std::int32_t, std::int32_t>(
          setup, [kind](double x, double y) { return int_arithmetic(kind, x, y); });
    case DType::Bool:
      return make_by_cell<std::uint8_t, std::uint8_t>(setup, compare);
    default:
      return nullptr;
  }
}

}  // namespace tfjs::kernels
