#include <algorithm>

#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/kernels/reference/to_int32.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {
namespace {

template <class T>
T padding_value(float value) {
  if constexpr (std::is_same_v<T, std::int32_t>) {
    return to_int32(value);
  } else if constexpr (std::is_same_v<T, std::uint8_t>) {
    return value != 0;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {};
  } else {
    return T(value);
  }
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Pad_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::PadOptions>();
  const DType dtype = setup.inputs[0].dtype;
  const float value = options.value;
  const std::int64_t size = setup.outputs[0].shape.size();
  const Strides strides = row_major_strides(setup.outputs[0].shape);
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < strides.size(); ++axis) {
    start += options.before[axis] * strides[axis];
  }
  const StridedWalk<1> walk(setup.inputs[0].shape.dims(), {strides});
  return function_kernel([=](const runtime::KernelRun& run) {
    visit_element_type(dtype, [&](auto element) {
      using T = decltype(element);
      const T* x = run.input<T>(0);
      T* out = run.output<T>(0);
      std::fill_n(out, size, padding_value<T>(value));
      walk.for_each([&](const auto& at) { out[start + at[0]] = *x++; });
    });
  });
}

}  // namespace tfjs::kernels
