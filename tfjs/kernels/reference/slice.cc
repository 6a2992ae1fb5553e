#include "tfjs/kernels/reference/strided_copy.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Slice_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::SliceOptions>();
  Strides strides = row_major_strides(setup.inputs[0].shape);
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < strides.size(); ++axis) {
    start += options.begin[axis] * strides[axis];
    strides[axis] *= options.strides[axis];
  }
  return strided_gather_kernel(setup.inputs[0].dtype, setup.outputs[0].shape.dims(), start,
                               std::move(strides));
}

}  // namespace tfjs::kernels
