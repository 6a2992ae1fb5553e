#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/copied_element.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/strided_runs.h"
#include "tfjs/ops/movement.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Select_simd(const runtime::KernelSetup& setup) {
  const Shape& shape = setup.outputs[0].shape;
  const StridedRuns<3> runs(shape.dims(), {shape::broadcast_strides(setup.inputs[0].shape, shape),
                                           shape::broadcast_strides(setup.inputs[1].shape, shape),
                                           shape::broadcast_strides(setup.inputs[2].shape, shape)});
  FunctionKernelTraits traits;
  for (std::size_t i = 1; i < 3; ++i) {
    if (setup.inputs[i].shape == shape) traits.overwritable_inputs.push_back(i);
  }
  const DType dtype = setup.outputs[0].dtype;
  return visit_copied_element(dtype, [&](auto element) -> std::unique_ptr<runtime::Kernel> {
    using T = decltype(element);
    return function_kernel(
        [runs](const runtime::KernelRun& run) {
          const auto select_run = [&](std::int64_t cell, std::int64_t count, const auto& at) {
            const std::uint8_t* condition = run.input<std::uint8_t>(0) + at[0];
            const T* x = run.input<T>(1) + at[1];
            const T* y = run.input<T>(2) + at[2];
            T* out = run.output<T>(0) + cell;
            for (std::int64_t i = 0; i < count; ++i) {
              out[i] = condition[i * runs.step(0)] != 0 ? x[i * runs.step(1)] : y[i * runs.step(2)];
            }
          };
          run.parallel.for_range(runs.size(), kCheapElementsPerPiece,
                                 [&](std::int64_t begin, std::int64_t end, int) {
                                   runs.for_each_run(begin, end, select_run);
                                 });
        },
        traits);
  });
}

}  // namespace tfjs::kernels
