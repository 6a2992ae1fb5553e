#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/ops/movement.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Select_reference(const runtime::KernelSetup& setup) {
  const DType dtype = setup.outputs[0].dtype;
  const Shape& shape = setup.outputs[0].shape;
  const StridedWalk<3> walk(shape.dims(), {shape::broadcast_strides(setup.inputs[0].shape, shape),
                                           shape::broadcast_strides(setup.inputs[1].shape, shape),
                                           shape::broadcast_strides(setup.inputs[2].shape, shape)});
  FunctionKernelTraits traits;
  for (std::size_t i = 1; i < 3; ++i) {
    if (setup.inputs[i].shape == shape) traits.overwritable_inputs.push_back(i);
  }
  return function_kernel(
      [dtype, walk](const runtime::KernelRun& run) {
        visit_element_type(dtype, [&](auto element) {
          using T = decltype(element);
          const std::uint8_t* condition = run.input<std::uint8_t>(0);
          const T* x = run.input<T>(1);
          const T* y = run.input<T>(2);
          T* out = run.output<T>(0);
          walk.for_each(
              [&](const auto& at) { *out++ = condition[at[0]] != 0 ? x[at[1]] : y[at[2]]; });
        });
      },
      traits);
}

}  // namespace tfjs::kernels
