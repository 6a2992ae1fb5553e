#include "tfjs/ops/matmul.h"

#include <algorithm>

#include "tfjs/kernels/reference/epilogue.h"
#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Matmul_reference(const runtime::KernelSetup& setup) {
  const ops::Epilogue epilogue = setup.options<ops::MatmulOptions>().epilogue;
  const Shape& a_shape = setup.inputs[0].shape;
  const std::int64_t rows = a_shape.sub(0, a_shape.rank() - 1).size();
  const std::int64_t inner = setup.inputs[1].shape[0];
  const std::int64_t columns = setup.inputs[1].shape[1];
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        const EpilogueOfRun finish(epilogue, run, 2, columns);
        const float* a = run.input<float>(0);
        float* out = run.output<float>(0);
        double* sums = reinterpret_cast<double*>(run.scratch);
        std::int64_t index = 0;
        for (std::int64_t row = 0; row < rows; ++row, a += inner) {
          std::fill_n(sums, columns, 0.0);
          const float* b = run.input<float>(1);
          for (std::int64_t k = 0; k < inner; ++k) {
            const double value = a[k];
            for (std::int64_t column = 0; column < columns; ++column) {
              sums[column] += value * *b++;
            }
          }
          for (std::int64_t column = 0; column < columns; ++column, ++index) {
            out[index] = finish(sums[column], index);
          }
        }
      },
      {.scratch_bytes = static_cast<std::size_t>(columns) * sizeof(double)});
}

}  // namespace tfjs::kernels
