#include "tfjs/kernels/simd/copy_runs.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Slice_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::SliceOptions>();
  Strides strides = row_major_strides(setup.inputs[0].shape);
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < strides.size(); ++axis) {
    start += options.begin[axis] * strides[axis];
    strides[axis] *= options.strides[axis];
  }
  return copy_runs_kernel(setup.inputs[0].dtype, setup.outputs[0].shape.dims(), start, strides);
}

}  // namespace tfjs::kernels
