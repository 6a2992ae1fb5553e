#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/normalization.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_ScaleShift_reference(const runtime::KernelSetup& setup) {
  const int axis = setup.options<ops::ScaleShiftOptions>().axis;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t size = shape.size();
  const std::int64_t channels = shape[axis];
  const std::int64_t inner = shape.sub(axis + 1).size();
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        const float* x = run.input<float>(0);
        const float* scale = run.input<float>(1);
        const float* shift = run.input<float>(2);
        float* out = run.output<float>(0);
        for (std::int64_t i = 0; i < size; ++i) {
          const std::int64_t channel = i / inner % channels;
          out[i] = x[i] * scale[channel] + shift[channel];
        }
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
