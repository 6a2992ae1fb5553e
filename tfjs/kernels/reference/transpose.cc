#include "tfjs/kernels/reference/strided_copy.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Transpose_reference(const runtime::KernelSetup& setup) {
  const Strides from = row_major_strides(setup.inputs[0].shape);
  Strides strides;
  for (int axis : setup.options<ops::TransposeOptions>().permutation) {
    strides.push_back(from[axis]);
  }
  return strided_gather_kernel(setup.inputs[0].dtype, setup.outputs[0].shape.dims(), 0,
                               std::move(strides));
}

}  // namespace tfjs::kernels
