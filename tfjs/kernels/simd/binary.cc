// Both arguments run over the cells of the result; where one repeats, its stride is 0. Float
// arithmetic is in vectors, comparisons and whole numbers are plain loops of one function each.
#include "tfjs/ops/binary.h"

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/binary_math.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/strided_runs.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {
namespace {

using ops::BinaryKind;

/// `run` has the type (x, x_step, y, y_step, out, count).
template <class In, class Out, class Run>
std::unique_ptr<runtime::Kernel> make_by_run(const runtime::KernelSetup& setup,
                                             std::int64_t elements_per_piece, Run run) {
  const Shape& shape = setup.outputs[0].shape;
  const StridedRuns<2> runs(shape.dims(), {shape::broadcast_strides(setup.inputs[0].shape, shape),
                                           shape::broadcast_strides(setup.inputs[1].shape, shape)});
  FunctionKernelTraits traits;
  for (std::size_t i = 0; i < 2 && sizeof(In) == sizeof(Out); ++i) {
    if (setup.inputs[i].shape == shape) traits.overwritable_inputs.push_back(i);
  }
  return function_kernel(
      [runs, elements_per_piece, run](const runtime::KernelRun& arrays) {
        const In* x = arrays.input<In>(0);
        const In* y = arrays.input<In>(1);
        Out* out = arrays.output<Out>(0);
        arrays.parallel.for_range(
            runs.size(), elements_per_piece, [&](std::int64_t begin, std::int64_t end, int) {
              runs.for_each_run(begin, end, [&](std::int64_t cell, std::int64_t n, const auto& at) {
                run(x + at[0], runs.step(0), y + at[1], runs.step(1), out + cell, n);
              });
            });
      },
      traits);
}

template <class In>
std::unique_ptr<runtime::Kernel> make_comparison(const runtime::KernelSetup& setup,
                                                 BinaryKind kind) {
  switch (kind) {
#define BINARY(Kind, function, tensorflow, expression)
#define COMPARISON(Kind, function, tensorflow, expression)                       \
  case BinaryKind::Kind:                                                         \
    return make_by_run<In, std::uint8_t>(                                        \
        setup, kCheapElementsPerPiece,                                           \
        [](const In* xs, std::int64_t x_step, const In* ys, std::int64_t y_step, \
           std::uint8_t* out, std::int64_t n) {                                  \
          for (std::int64_t i = 0; i < n; ++i) {                                 \
            const In x = xs[i * x_step];                                         \
            const In y = ys[i * y_step];                                         \
            out[i] = (expression) ? 1 : 0;                                       \
          }                                                                      \
        });
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
    default:
      return nullptr;
  }
}

std::unique_ptr<runtime::Kernel> make_float(const runtime::KernelSetup& setup, BinaryKind kind) {
  const bool is_costly = kind == BinaryKind::Div || kind == BinaryKind::Pow;
  return make_by_run<float, float>(
      setup, is_costly ? kCostlyElementsPerPiece : kCheapElementsPerPiece,
      [kind](const float* x, std::int64_t x_step, const float* y, std::int64_t y_step, float* out,
             std::int64_t n) { map_binary(kind, x, x_step, y, y_step, out, n); });
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Binary_simd(const runtime::KernelSetup& setup) {
  const BinaryKind kind = setup.options<ops::BinaryOptions>().kind;
  const bool is_comparison = setup.outputs[0].dtype == DType::Bool;
  switch (setup.inputs[0].dtype) {
    case DType::Float32:
      return is_comparison ? make_comparison<float>(setup, kind) : make_float(setup, kind);
    case DType::Int32:
      return is_comparison ? make_comparison<std::int32_t>(setup, kind) : nullptr;
    case DType::Bool:
      return make_comparison<std::uint8_t>(setup, kind);
    default:
      return nullptr;
  }
}

}  // namespace tfjs::kernels
