#include <algorithm>

#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Reshape_reference(const runtime::KernelSetup& setup) {
  const DType dtype = setup.inputs[0].dtype;
  const std::int64_t size = setup.inputs[0].shape.size();
  return function_kernel(
      [dtype, size](const runtime::KernelRun& run) {
        visit_element_type(dtype, [&](auto element) {
          using T = decltype(element);
          const T* x = run.input<T>(0);
          T* out = run.output<T>(0);
          if (x != out) std::copy_n(x, size, out);
        });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
