#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Gather_reference(const runtime::KernelSetup& setup) {
  const int axis = setup.options<ops::GatherOptions>().axis;
  const DType dtype = setup.inputs[0].dtype;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t outer = shape.sub(0, axis).size();
  const std::int64_t rows = shape[axis];
  const std::int64_t inner = shape.sub(axis + 1).size();
  const std::int64_t count = setup.inputs[1].shape.size();
  return function_kernel([=](const runtime::KernelRun& run) {
    const std::int32_t* indices = run.input<std::int32_t>(1);
    for (std::int64_t i = 0; i < count; ++i) {
      if (indices[i] < 0 || indices[i] >= rows) {
        throw invalid_argument("gather: index ", indices[i], " at position ", i,
                               " is outside of [0, ", rows, ")");
      }
    }
    visit_element_type(dtype, [&](auto element) {
      using T = decltype(element);
      T* out = run.output<T>(0);
      for (std::int64_t o = 0; o < outer; ++o) {
        const T* table = run.input<T>(0) + o * rows * inner;
        for (std::int64_t i = 0; i < count; ++i) {
          out = std::copy_n(table + indices[i] * inner, inner, out);
        }
      }
    });
  });
}

}  // namespace tfjs::kernels
