#include "tfjs/kernels/simd/dense.h"

#include "tfjs/kernels/simd/epilogue_inputs.h"
#include "tfjs/kernels/simd/skinny.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/kernels/simd/weight_panels.h"

namespace tfjs::kernels {
namespace {

class SkinnyDense final : public runtime::Kernel {
 public:
  SkinnyDense(const SkinnyShape& shape, const ops::Epilogue& epilogue, int threads)
      : shape_(shape), epilogue_(epilogue), scratch_bytes_(skinny_scratch_bytes(shape, threads)) {}

  void run(const runtime::KernelRun& run) const override {
    run_skinny(shape_, run.input<float>(0), run.input<float>(1), run.output<float>(0),
               stage_of_run(epilogue_, run, kInputAndWeights), run.parallel, run.scratch);
  }
  std::size_t scratch_bytes() const override { return scratch_bytes_; }

 private:
  SkinnyShape shape_;
  ops::Epilogue epilogue_;
  std::size_t scratch_bytes_;
};

class PackedDense final : public runtime::Kernel {
 public:
  PackedDense(const runtime::KernelSetup& setup, const GemmShape& shape,
              const ops::Epilogue& epilogue)
      : shape_(shape),
        epilogue_(epilogue),
        weights_({{0, 0, shape.depth(), shape.columns, 1}}, shape.depth(), shape.columns,
                 setup.constants[1]),
        gemm_scratch_(gemm_scratch_bytes(shape, setup.threads)) {}

  void run(const runtime::KernelRun& run) const override {
    const float* packed =
        weights_.get(run.input<float>(1), run.parallel, run.scratch + gemm_scratch_);
    const PlainRows rows(run.input<float>(0), shape_.segment_length, shape_.segment_length,
                         run.output<float>(0), shape_.columns, shape_.room_per_row);
    run_gemm(shape_, rows, packed, stage_of_run(epilogue_, run, kInputAndWeights), run.parallel,
             run.scratch);
  }
  std::size_t scratch_bytes() const override { return gemm_scratch_ + weights_.scratch_bytes(); }
  bool can_overwrite_input(std::size_t index) const override {
    return is_residual(epilogue_, kInputAndWeights, index);
  }
  bool reads_input(std::size_t index) const override { return index != 1 || !weights_.is_packed(); }

 private:
  GemmShape shape_;
  ops::Epilogue epilogue_;
  WeightPanels weights_;
  std::size_t gemm_scratch_;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_dense(const runtime::KernelSetup& setup, std::int64_t rows,
                                            std::int64_t depth, std::int64_t columns,
                                            const ops::Epilogue& epilogue) {
  if (!has_vector_form(epilogue.activation.kind)) return nullptr;
  if (rows <= kMostSkinnyRows) {
    return std::make_unique<SkinnyDense>(SkinnyShape{rows, depth, columns}, epilogue,
                                         setup.threads);
  }
  GemmShape shape;
  shape.rows = rows;
  shape.columns = columns;
  shape.segment_length = depth;
  shape.room_per_row = copied_row_room(depth, depth, columns);
  return std::make_unique<PackedDense>(setup, shape, epilogue);
}

}  // namespace tfjs::kernels
