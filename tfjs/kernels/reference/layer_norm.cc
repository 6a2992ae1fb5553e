#include <cmath>

#include "tfjs/kernels/reference/axis_split.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/normalization.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_LayerNorm_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::LayerNormOptions>();
  const AxisSplit split = split_axes(setup.inputs[0].shape, options.axes);
  const double epsilon = options.epsilon;
  const bool has_parameters = setup.inputs.size() == 3;
  return function_kernel(
      [split, epsilon, has_parameters](const runtime::KernelRun& run) {
        split.kept.for_each([&](const auto& group) {
          const float* x = run.input<float>(0) + group[0];
          float* out = run.output<float>(0) + group[0];
          double sum = 0;
          split.reduced.for_each([&](const auto& at) { sum += x[at[0]]; });
          const double mean = sum / split.group_size;
          double squares = 0;
          split.reduced.for_each([&](const auto& at) {
            const double difference = x[at[0]] - mean;
            squares += difference * difference;
          });
          const double scale = 1.0 / std::sqrt(squares / split.group_size + epsilon);
          std::int64_t i = 0;
          split.reduced.for_each([&](const auto& at) {
            double value = (x[at[0]] - mean) * scale;
            if (has_parameters) value = value * run.input<float>(1)[i] + run.input<float>(2)[i];
            out[at[0]] = static_cast<float>(value);
            ++i;
          });
        });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
