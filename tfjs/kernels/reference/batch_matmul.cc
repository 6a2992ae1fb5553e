#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {
namespace {

/// Offsets of one operand: its matrices along the leading axes, then inside a matrix.
struct OperandStrides {
  Strides matrix_strides;
  std::int64_t row_stride;
  std::int64_t column_stride;
};

OperandStrides operand_strides(const Shape& shape, bool is_transposed, const Shape& leading) {
  const std::int64_t rows = shape[-2];
  const std::int64_t columns = shape[-1];
  OperandStrides out{shape::broadcast_strides(shape.sub(0, shape.rank() - 2), leading), columns, 1};
  for (std::int64_t& stride : out.matrix_strides) stride *= rows * columns;
  if (is_transposed) std::swap(out.row_stride, out.column_stride);
  return out;
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_BatchMatmul_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::BatchMatmulOptions>();
  const Shape& shape = setup.outputs[0].shape;
  const Shape leading = shape.sub(0, shape.rank() - 2);
  const OperandStrides a = operand_strides(setup.inputs[0].shape, options.transpose_a, leading);
  const OperandStrides b = operand_strides(setup.inputs[1].shape, options.transpose_b, leading);
  const std::int64_t rows = shape[-2];
  const std::int64_t columns = shape[-1];
  const std::int64_t inner = setup.inputs[0].shape[options.transpose_a ? -2 : -1];
  const StridedWalk<2> matrices(leading.dims(), {a.matrix_strides, b.matrix_strides});
  return function_kernel([=](const runtime::KernelRun& run) {
    float* out = run.output<float>(0);
    matrices.for_each([&](const auto& at) {
      const float* left = run.input<float>(0) + at[0];
      const float* right = run.input<float>(1) + at[1];
      for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < columns; ++column) {
          double sum = 0;
          for (std::int64_t k = 0; k < inner; ++k) {
            sum += static_cast<double>(left[row * a.row_stride + k * a.column_stride]) *
                   right[k * b.row_stride + column * b.column_stride];
          }
          *out++ = static_cast<float>(sum);
        }
      }
    });
  });
}

}  // namespace tfjs::kernels
