#include "tfjs/kernels/simd/copy_runs.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Transpose_simd(const runtime::KernelSetup& setup) {
  const Strides from = row_major_strides(setup.inputs[0].shape);
  Strides strides;
  for (int axis : setup.options<ops::TransposeOptions>().permutation) {
    strides.push_back(from[static_cast<std::size_t>(axis)]);
  }
  return copy_runs_kernel(setup.inputs[0].dtype, setup.outputs[0].shape.dims(), 0, strides);
}

}  // namespace tfjs::kernels
