// Rows of a table, each copied whole.
#include <cstring>

#include "tfjs/base/error.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {
namespace {

void require_within(const std::int32_t* indices, std::int64_t count, std::int64_t rows) {
  for (std::int64_t i = 0; i < count; ++i) {
    if (indices[i] < 0 || indices[i] >= rows) {
      throw invalid_argument("gather: index ", indices[i], " at position ", i,
                             " is outside of [0, ", rows, ")");
    }
  }
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Gather_simd(const runtime::KernelSetup& setup) {
  const DType dtype = setup.inputs[0].dtype;
  if (dtype == DType::String) return nullptr;
  const int axis = setup.options<ops::GatherOptions>().axis;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t outer = shape.sub(0, axis).size();
  const std::int64_t rows = shape[axis];
  const std::int64_t inner = shape.sub(axis + 1).size();
  const std::int64_t count = setup.inputs[1].shape.size();
  const std::size_t row_bytes = static_cast<std::size_t>(inner) * element_size(dtype);
  return function_kernel([=](const runtime::KernelRun& run) {
    const std::int32_t* indices = run.input<std::int32_t>(1);
    require_within(indices, count, rows);
    if (row_bytes == 0 || count == 0) return;
    run.parallel.for_range(
        outer * count, items_per_piece(kCheapElementsPerPiece, inner),
        [&](std::int64_t begin, std::int64_t end, int) {
          for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t row = i / count * rows + indices[i % count];
            std::memcpy(run.output<std::byte>(0) + static_cast<std::size_t>(i) * row_bytes,
                        run.input<std::byte>(0) + static_cast<std::size_t>(row) * row_bytes,
                        row_bytes);
          }
        });
  });
}

}  // namespace tfjs::kernels
