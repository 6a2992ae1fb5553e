// Many small matrix products. With at least as many as threads, each thread takes whole products
// and packs its own B; otherwise the threads share each product.
#include <algorithm>
#include <vector>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/alone.h"
#include "tfjs/kernels/simd/gemm.h"
#include "tfjs/kernels/simd/skinny.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/runtime/kernel.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {
namespace {

constexpr double kBatchMatmulFlopsPerPiece = 2e6;

/// The matrices of one operand along the leading axes.
struct OperandMatrices {
  std::vector<std::int64_t>
      strides;  ///< per leading axis of the result, 0 where the operand repeats
  bool is_transposed;

  OperandMatrices(const Shape& shape, const Shape& leading, bool transposed)
      : strides(shape::broadcast_strides(shape.sub(0, shape.rank() - 2), leading)),
        is_transposed(transposed) {
    for (std::int64_t& stride : strides) stride *= shape[-1] * shape[-2];
  }

  std::int64_t offset(std::int64_t product, const Shape& leading) const {
    std::int64_t offset = 0;
    for (int axis = leading.rank() - 1; axis >= 0; --axis) {
      offset += product % leading[axis] * strides[static_cast<std::size_t>(axis)];
      product /= leading[axis];
    }
    return offset;
  }
};

/// to [rows, columns] = from [columns, rows] transposed, 16 rows at a time to write whole cache
/// lines' worth of each.
void transpose(const float* from, std::int64_t rows, std::int64_t columns, float* to) {
  for (std::int64_t first = 0; first < rows; first += 16) {
    const std::int64_t end = std::min(rows, first + 16);
    for (std::int64_t k = 0; k < columns; ++k) {
      for (std::int64_t row = first; row < end; ++row) to[row * columns + k] = from[k * rows + row];
    }
  }
}

class BatchMatmul final : public runtime::Kernel {
 public:
  BatchMatmul(Shape leading, OperandMatrices a, OperandMatrices b, const GemmShape& shape,
              int threads)
      : leading_(std::move(leading)),
        products_(leading_.size()),
        a_(std::move(a)),
        b_(std::move(b)),
        shape_(shape),
        is_skinny_(shape.rows <= kMostSkinnyRows && !a_.is_transposed && !b_.is_transposed),
        shares_products_(products_ < threads) {
    const int threads_each = shares_products_ ? threads : 1;
    if (is_skinny_) {
      gemm_bytes_ = round_to_alignment(skinny_scratch_bytes(skinny_shape(), threads_each));
    } else {
      gemm_bytes_ = gemm_scratch_bytes(shape_, threads_each);
      packed_bytes_ =
          round_to_alignment(packed_floats(shape_.depth(), shape_.columns) * sizeof(float));
      if (a_.is_transposed) {
        rows_bytes_ = round_to_alignment(static_cast<std::size_t>(shape_.rows * shape_.depth()) *
                                         sizeof(float));
      }
    }
    scratch_bytes_ = bytes_of_one() * static_cast<std::size_t>(shares_products_ ? 1 : threads);
  }

  void run(const runtime::KernelRun& run) const override {
    if (shares_products_) {
      for (std::int64_t i = 0; i < products_; ++i) run_product(i, run, run.parallel, run.scratch);
      return;
    }
    const double flops = 2.0 * static_cast<double>(shape_.rows * shape_.columns) *
                         static_cast<double>(shape_.depth() + 1);
    run.parallel.for_range(
        products_, static_cast<std::int64_t>(kBatchMatmulFlopsPerPiece / flops) + 1,
        [&](std::int64_t begin, std::int64_t end, int thread) {
          Alone alone;
          std::byte* own = run.scratch + bytes_of_one() * static_cast<std::size_t>(thread);
          for (std::int64_t i = begin; i < end; ++i) run_product(i, run, alone, own);
        });
  }

  std::size_t scratch_bytes() const override { return scratch_bytes_; }

 private:
  SkinnyShape skinny_shape() const { return {shape_.rows, shape_.depth(), shape_.columns}; }
  std::size_t bytes_of_one() const { return gemm_bytes_ + packed_bytes_ + rows_bytes_; }

  void run_product(std::int64_t index, const runtime::KernelRun& run, runtime::Parallel& parallel,
                   std::byte* scratch) const {
    const std::int64_t depth = shape_.depth();
    const float* a = run.input<float>(0) + a_.offset(index, leading_);
    const float* b = run.input<float>(1) + b_.offset(index, leading_);
    float* c = run.output<float>(0) + index * shape_.rows * shape_.columns;
    OutputStage stage;
    stage.output = c;
    if (is_skinny_) return run_skinny(skinny_shape(), a, b, c, stage, parallel, scratch);

    float* packed = reinterpret_cast<float*>(scratch + gemm_bytes_);
    const MatrixView view = b_.is_transposed
                                ? MatrixView{b, depth, shape_.columns, 1, depth}
                                : MatrixView{b, depth, shape_.columns, shape_.columns, 1};
    parallel.for_range(panel_count(shape_.columns), 1,
                       [&](std::int64_t begin, std::int64_t end, int) {
                         pack_panels(view, depth, 0, begin, end, packed);
                       });
    if (a_.is_transposed) {
      float* rows = reinterpret_cast<float*>(scratch + gemm_bytes_ + packed_bytes_);
      transpose(a, shape_.rows, depth, rows);
      a = rows;
    }
    run_gemm(shape_, PlainRows(a, depth, depth, c, shape_.columns, shape_.room_per_row), packed,
             stage, parallel, scratch);
  }

  Shape leading_;
  std::int64_t products_;
  OperandMatrices a_;
  OperandMatrices b_;
  GemmShape shape_;
  bool is_skinny_;
  bool shares_products_;
  std::size_t gemm_bytes_ = 0;
  std::size_t packed_bytes_ = 0;
  std::size_t rows_bytes_ = 0;
  std::size_t scratch_bytes_ = 0;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_BatchMatmul_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::BatchMatmulOptions>();
  const Shape& out = setup.outputs[0].shape;
  const Shape leading = out.sub(0, out.rank() - 2);
  const Shape& a = setup.inputs[0].shape;
  GemmShape shape;
  shape.rows = out[-2];
  shape.columns = out[-1];
  shape.segment_length = a[options.transpose_a ? -2 : -1];
  shape.room_per_row = copied_row_room(shape.segment_length, shape.segment_length, shape.columns);
  return std::make_unique<BatchMatmul>(
      leading, OperandMatrices(a, leading, options.transpose_a),
      OperandMatrices(setup.inputs[1].shape, leading, options.transpose_b), shape, setup.threads);
}

}  // namespace tfjs::kernels
