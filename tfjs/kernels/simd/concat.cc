// Per step of the axes before the joined one, a block of each input in turn.
#include <cstring>
#include <vector>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Concat_simd(const runtime::KernelSetup& setup) {
  const DType dtype = setup.outputs[0].dtype;
  if (dtype == DType::String) return nullptr;
  const int axis = setup.options<ops::ConcatOptions>().axis;
  const std::int64_t outer = setup.outputs[0].shape.sub(0, axis).size();
  const std::int64_t elements = setup.outputs[0].shape.sub(axis).size();
  std::vector<std::size_t> blocks;  // bytes of each input between two steps of the outer axes
  for (const TensorSpec& input : setup.inputs) {
    blocks.push_back(static_cast<std::size_t>(input.shape.sub(axis).size()) * element_size(dtype));
  }
  const std::size_t bytes = static_cast<std::size_t>(elements) * element_size(dtype);
  return function_kernel([=](const runtime::KernelRun& run) {
    run.parallel.for_range(outer, items_per_piece(kCheapElementsPerPiece, elements),
                           [&](std::int64_t begin, std::int64_t end, int) {
                             for (std::size_t i = static_cast<std::size_t>(begin);
                                  i < static_cast<std::size_t>(end); ++i) {
                               std::byte* out = run.output<std::byte>(0) + i * bytes;
                               for (std::size_t part = 0; part < blocks.size(); ++part) {
                                 const std::byte* from =
                                     run.input<std::byte>(part) + i * blocks[part];
                                 if (blocks[part] != 0) std::memcpy(out, from, blocks[part]);
                                 out += blocks[part];
                               }
                             }
                           });
  });
}

}  // namespace tfjs::kernels
