#include "tfjs/ops/unary.h"

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/unary_math.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Unary_simd(const runtime::KernelSetup& setup) {
  const auto options = setup.options<ops::UnaryOptions>();
  if (!has_vector_form(options.kind)) return nullptr;
  const std::int64_t size = setup.outputs[0].shape.size();
  return function_kernel(
      [options, size](const runtime::KernelRun& run) {
        const float* x = run.input<float>(0);
        float* out = run.output<float>(0);
        run.parallel.for_range(size, kCostlyElementsPerPiece,
                               [&](std::int64_t begin, std::int64_t end, int) {
                                 map_unary(options, x + begin, out + begin, end - begin);
                               });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
