#include <algorithm>
#include <cmath>
#include <limits>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/normalization.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Softmax_reference(const runtime::KernelSetup& setup) {
  const bool log = setup.options<ops::SoftmaxOptions>().log;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t rows = shape.sub(0, shape.rank() - 1).size();
  const std::int64_t columns = shape[-1];
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        for (std::int64_t row = 0; row < rows; ++row) {
          const float* x = run.input<float>(0) + row * columns;
          float* out = run.output<float>(0) + row * columns;
          // Nothing above 1 comes out of exp: no overflow, and the same quotient.
          double largest = -std::numeric_limits<double>::infinity();
          for (std::int64_t i = 0; i < columns; ++i) largest = std::max<double>(largest, x[i]);
          double sum = 0;
          for (std::int64_t i = 0; i < columns; ++i) sum += std::exp(x[i] - largest);
          for (std::int64_t i = 0; i < columns; ++i) {
            const double shifted = x[i] - largest;
            out[i] = static_cast<float>(log ? shifted - std::log(sum) : std::exp(shifted) / sum);
          }
        }
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
