#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/to_int32.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {
namespace {

template <class From, class To, class Convert>
std::unique_ptr<runtime::Kernel> make_conversion(const runtime::KernelSetup& setup,
                                                 Convert convert) {
  const std::int64_t size = setup.inputs[0].shape.size();
  FunctionKernelTraits traits;
  if (sizeof(From) == sizeof(To)) traits.overwritable_inputs = {0};
  return function_kernel(
      [size, convert](const runtime::KernelRun& run) {
        const From* x = run.input<From>(0);
        To* out = run.output<To>(0);
        for (std::int64_t i = 0; i < size; ++i) out[i] = convert(x[i]);
      },
      traits);
}

template <class From>
std::unique_ptr<runtime::Kernel> make_conversion_from(const runtime::KernelSetup& setup) {
  switch (setup.outputs[0].dtype) {
    case DType::Float32:
      return make_conversion<From, float>(setup, [](From x) { return static_cast<float>(x); });
    case DType::Int32:
      return make_conversion<From, std::int32_t>(setup, [](From x) { return to_int32(x); });
    case DType::Bool:
      return make_conversion<From, std::uint8_t>(setup,
                                                 [](From x) -> std::uint8_t { return x != 0; });
    default:
      return nullptr;
  }
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Cast_reference(const runtime::KernelSetup& setup) {
  switch (setup.inputs[0].dtype) {
    case DType::Float32:
      return make_conversion_from<float>(setup);
    case DType::Int32:
      return make_conversion_from<std::int32_t>(setup);
    case DType::Bool:
      return make_conversion_from<std::uint8_t>(setup);
    default:
      return nullptr;
  }
}

}  // namespace tfjs::kernels
