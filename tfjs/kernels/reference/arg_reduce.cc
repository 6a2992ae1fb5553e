#include "tfjs/kernels/reference/axis_split.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/reduce.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_ArgReduce_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::ArgOptions>();
  const AxisSplit split = split_axes(setup.inputs[0].shape, {options.axis});
  const bool max = options.max;
  return function_kernel([split, max](const runtime::KernelRun& run) {
    std::int32_t* out = run.output<std::int32_t>(0);
    split.kept.for_each([&](const auto& group) {
      const float* x = run.input<float>(0) + group[0];
      float best = x[0];
      std::int32_t best_index = 0;
      std::int32_t index = 0;
      split.reduced.for_each([&](const auto& at) {
        const float value = x[at[0]];
        if (max ? value > best : value < best) {
          best = value;
          best_index = index;
        }
        ++index;
      });
      *out++ = best_index;
    });
  });
}

}  // namespace tfjs::kernels
