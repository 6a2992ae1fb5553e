#include <algorithm>

#include "tfjs/kernels/reference/elements.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Concat_reference(const runtime::KernelSetup& setup) {
  const int axis = setup.options<ops::ConcatOptions>().axis;
  const DType dtype = setup.outputs[0].dtype;
  const std::int64_t outer = setup.outputs[0].shape.sub(0, axis).size();
  std::vector<std::int64_t> blocks;  // elements of each input between two steps of the outer axes
  for (const TensorSpec& input : setup.inputs) blocks.push_back(input.shape.sub(axis).size());
  return function_kernel([=](const runtime::KernelRun& run) {
    visit_element_type(dtype, [&](auto element) {
      using T = decltype(element);
      T* out = run.output<T>(0);
      for (std::int64_t i = 0; i < outer; ++i) {
        for (std::size_t part = 0; part < blocks.size(); ++part) {
          out = std::copy_n(run.input<T>(part) + i * blocks[part], blocks[part], out);
        }
      }
    });
  });
}

}  // namespace tfjs::kernels
