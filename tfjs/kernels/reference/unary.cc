#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/unary_function.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Unary_reference(const runtime::KernelSetup& setup) {
  const auto options = setup.options<ops::UnaryOptions>();
  const std::int64_t size = setup.outputs[0].shape.size();
  return function_kernel(
      [options, size](const runtime::KernelRun& run) {
        const float* x = run.input<float>(0);
        float* out = run.output<float>(0);
        for (std::int64_t i = 0; i < size; ++i) out[i] = apply_unary(options, x[i]);
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
