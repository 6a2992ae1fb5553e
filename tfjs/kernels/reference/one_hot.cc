#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_OneHot_reference(const runtime::KernelSetup& setup) {
  const std::int64_t depth = setup.options<ops::OneHotOptions>().depth;
  const std::int64_t count = setup.inputs[0].shape.size();
  return function_kernel([depth, count](const runtime::KernelRun& run) {
    const std::int32_t* indices = run.input<std::int32_t>(0);
    float* out = run.output<float>(0);
    std::fill_n(out, count * depth, 0.0f);
    for (std::int64_t i = 0; i < count; ++i) {
      if (indices[i] < 0 || indices[i] >= depth) {
        throw invalid_argument("one_hot: index ", indices[i], " at position ", i,
                               " is outside of [0, ", depth, ")");
      }
      out[i * depth + indices[i]] = 1.0f;
    }
  });
}

}  // namespace tfjs::kernels
