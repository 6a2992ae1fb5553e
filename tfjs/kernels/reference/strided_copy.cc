#include "tfjs/kernels/reference/strided_copy.h"

#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> strided_gather_kernel(DType dtype, std::vector<std::int64_t> dims,
                                                       std::int64_t start, Strides strides) {
  const StridedWalk<1> walk(std::move(dims), {std::move(strides)});
  return function_kernel([dtype, start, walk](const runtime::KernelRun& run) {
    visit_element_type(dtype, [&](auto element) {
      using T = decltype(element);
      const T* x = run.input<T>(0);
      T* out = run.output<T>(0);
      walk.for_each([&](const auto& at) { *out++ = x[start + at[0]]; });
    });
  });
}

}  // namespace tfjs::kernels
