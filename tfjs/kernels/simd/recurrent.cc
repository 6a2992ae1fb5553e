// Whole sequences. The input's share of the gates, x W + b, is one matrix product for as many steps
// as leave its result in the cache; then each of these steps adds the state's share
// (recurrent_step.h). Steps wait for each other, so threads share what is left: the rows of the
// batch, or, with fewer rows than threads, the units of a step when those are very many.
#include <algorithm>
#include <cstring>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/alone.h"
#include "tfjs/kernels/simd/gemm.h"
#include "tfjs/kernels/simd/recurrent_step.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/kernels/simd/weight_panels.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {
namespace {

constexpr std::int64_t kInputBytesInCache = 256 << 10;  // of x W + b
constexpr std::int64_t kMostRowsAtOnce = 48;
constexpr double kFlopsPerThread = 3e6;
// Of the recurrent kernel, read per step: some 10 us from the second-level cache.
constexpr std::int64_t kKernelBytesPerThread = 512 << 10;

/// The inputs and outputs of a run.
struct Arrays {
  const float* x;
  const float* kernel;
  const float* recurrent_kernel;
  const float* bias = nullptr;
  const float* h;
  const float* c = nullptr;
  const std::uint8_t* mask = nullptr;
  float* sequence;
  float* last_h;
  float* last_c = nullptr;

  Arrays(const ops::RecurrentOptions& options, const runtime::KernelRun& run)
      : x(run.input<float>(0)),
        kernel(run.input<float>(1)),
        recurrent_kernel(run.input<float>(2)),
        sequence(run.output<float>(0)),
        last_h(run.output<float>(1)) {
    std::size_t next = 3;
    if (options.use_bias) bias = run.input<float>(next++);
    h = run.input<float>(next++);
    if (options.cell == ops::CellKind::Lstm) {
      c = run.input<float>(next++);
      last_c = run.output<float>(2);
    }
    if (options.has_mask) mask = run.input<std::uint8_t>(next);
  }
};

struct Sizes {
  std::int64_t batch;
  std::int64_t steps;
  std::int64_t features;
  std::int64_t columns;  ///< gates times units
  bool go_backwards;

  /// Of x and of the mask, for the step in processing order.
  std::int64_t position(std::int64_t step) const { return go_backwards ? steps - 1 - step : step; }
};

/// Rows [step][row of the batch] of the product x W.
class InputRows final : public RowSource {
 public:
  InputRows(const Sizes& sizes, const float* x, std::int64_t first_row, std::int64_t rows,
            std::int64_t first_step, float* sums)
      : sizes_(sizes),
        x_(x),
        first_row_(first_row),
        rows_(rows),
        first_step_(first_step),
        sums_(sums) {}

  void locate(std::int64_t row, int count, const float** a, float** c, float*) const override {
    for (int i = 0; i < count; ++i, ++row) {
      const std::int64_t position = sizes_.position(first_step_ + row / rows_);
      const std::int64_t sample = first_row_ + row % rows_;
      a[i] = x_ + (sample * sizes_.steps + position) * sizes_.features;
      c[i] = sums_ + row * sizes_.columns;
    }
  }

 private:
  const Sizes& sizes_;
  const float* x_;
  std::int64_t first_row_;
  std::int64_t rows_;
  std::int64_t first_step_;
  float* sums_;
};

class Recurrent final : public runtime::Kernel {
 public:
  Recurrent(const runtime::KernelSetup& setup, const ops::RecurrentOptions& options,
            const RecurrentCell& cell, const Sizes& sizes)
      : options_(options),
        cell_(cell),
        sizes_(sizes),
        input_weights_({{0, 0, sizes.features, sizes.columns, 1}}, sizes.features, sizes.columns,
                       setup.constants[1]) {
    if (!setup.constants[2].is_empty()) {
      recurrent_weights_ = make_aligned_floats(packed_recurrent_floats(cell_));
      pack_recurrent(cell_, static_cast<const float*>(setup.constants[2].raw_data()),
                     recurrent_weights_.get());
    }
    const double flops = 2.0 * static_cast<double>(sizes_.batch * sizes_.steps) *
                         static_cast<double>(sizes_.columns) *
                         static_cast<double>(sizes_.features + cell_.units);
    const std::int64_t pieces =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(flops / kFlopsPerThread), 1,
                                 std::max<std::int64_t>(1, setup.threads));
    const std::int64_t kernel_bytes = cell_.units * sizes_.columns * 4;
    shares_units_ = sizes_.batch < pieces && kernel_bytes >= 2 * kKernelBytesPerThread;
    rows_at_once_ =
        std::clamp<std::int64_t>((sizes_.batch + pieces - 1) / pieces, 1, kMostRowsAtOnce);
    if (shares_units_) rows_at_once_ = sizes_.batch;
    steps_at_once_ = std::clamp<std::int64_t>(
        kInputBytesInCache / (4 * std::max<std::int64_t>(1, sizes_.columns * rows_at_once_)), 1,
        std::max<std::int64_t>(1, sizes_.steps));
    product_.rows = rows_at_once_ * steps_at_once_;
    product_.columns = sizes_.columns;
    product_.segment_length = sizes_.features;
    place_scratch(setup.threads);
  }

  std::size_t scratch_bytes() const override { return scratch_bytes_; }
  bool reads_input(std::size_t index) const override {
    if (index == 1) return !input_weights_.is_packed();
    return index != 2 || recurrent_weights_ == nullptr;
  }

  void run(const runtime::KernelRun& run) const override {
    const Arrays arrays(options_, run);
    const float* input_weights =
        input_weights_.get(arrays.kernel, run.parallel, run.scratch + input_weights_at_);
    const float* recurrent_weights = recurrent_weights_.get();
    if (recurrent_weights == nullptr) {
      float* packed = floats_at(run.scratch, recurrent_weights_at_);
      pack_recurrent(cell_, arrays.recurrent_kernel, packed);
      recurrent_weights = packed;
    }
    const auto run_piece = [&](std::int64_t begin, std::int64_t end, std::size_t thread,
                               runtime::Parallel& parallel) {
      const Piece piece{arrays,
                        input_weights,
                        recurrent_weights,
                        floats_at(run.scratch, sums_at_ + thread * sums_bytes_),
                        run.scratch + gemm_at_ + thread * gemm_bytes_,
                        floats_at(run.scratch, update_gate_at_),
                        floats_at(run.scratch, reset_h_at_),
                        parallel};
      for (std::int64_t row = begin; row < end; row += rows_at_once_) {
        run_rows(piece, row, std::min(rows_at_once_, end - row));
      }
    };
    if (sizes_.batch <= rows_at_once_) return run_piece(0, sizes_.batch, 0, run.parallel);
    run.parallel.for_range(sizes_.batch, rows_at_once_,
                           [&](std::int64_t begin, std::int64_t end, int thread) {
                             Alone alone;
                             run_piece(begin, end, static_cast<std::size_t>(thread), alone);
                           });
  }

 private:
  struct Piece {
    const Arrays& arrays;
    const float* input_weights;
    const float* recurrent_weights;
    float* sums;
    std::byte* gemm_scratch;
    float* update_gate;
    float* reset_h;
    runtime::Parallel& parallel;
  };

  static float* floats_at(std::byte* scratch, std::size_t offset) {
    return reinterpret_cast<float*>(scratch + offset);
  }

  void place_scratch(int threads) {
    const auto take = [this](std::size_t bytes) {
      const std::size_t at = scratch_bytes_;
      scratch_bytes_ += round_to_alignment(bytes);
      return at;
    };
    input_weights_at_ = take(input_weights_.scratch_bytes());
    recurrent_weights_at_ =
        take(recurrent_weights_ != nullptr ? 0 : packed_recurrent_floats(cell_) * sizeof(float));
    const std::size_t pieces = static_cast<std::size_t>(std::min<std::int64_t>(
        threads, (sizes_.batch + rows_at_once_ - 1) / std::max<std::int64_t>(1, rows_at_once_)));
    sums_bytes_ = round_to_alignment(static_cast<std::size_t>(product_.rows * sizes_.columns) *
                                     sizeof(float));
    sums_at_ = take(std::max<std::size_t>(1, pieces) * sums_bytes_);
    gemm_bytes_ = gemm_scratch_bytes(product_, 1);
    gemm_at_ = take(gemm_bytes_ * static_cast<std::size_t>(threads));
    const std::size_t state_bytes =
        part_count(cell_) == 1
            ? 0
            : static_cast<std::size_t>(sizes_.batch * cell_.units) * sizeof(float);
    update_gate_at_ = take(state_bytes);
    reset_h_at_ = take(state_bytes);
  }

  /// All steps for rows [row, row + rows) of the batch.
  void run_rows(const Piece& piece, std::int64_t row, std::int64_t rows) const {
    const Arrays& arrays = piece.arrays;
    const std::int64_t units = cell_.units;
    const std::int64_t first = row * units;
    const std::size_t state_bytes = static_cast<std::size_t>(rows * units) * sizeof(float);
    if (arrays.c != nullptr) std::memcpy(arrays.last_c + first, arrays.c + first, state_bytes);
    for (std::int64_t step = 0; step < sizes_.steps; step += steps_at_once_) {
      const std::int64_t steps = std::min(steps_at_once_, sizes_.steps - step);
      multiply_input(piece, row, rows, step, steps);
      for (std::int64_t i = 0; i < steps; ++i) {
        run_step(piece, row, rows, step + i, piece.sums + i * rows * sizes_.columns);
      }
    }
    for (std::int64_t i = row; i < row + rows; ++i) {
      const float* last = sizes_.steps == 0
                              ? arrays.h + i * units
                              : arrays.sequence + ((i + 1) * sizes_.steps - 1) * units;
      std::copy_n(last, units, arrays.last_h + i * units);
    }
  }

  void multiply_input(const Piece& piece, std::int64_t row, std::int64_t rows, std::int64_t step,
                      std::int64_t steps) const {
    GemmShape shape = product_;
    shape.rows = rows * steps;
    const InputRows input(sizes_, piece.arrays.x, row, rows, step, piece.sums);
    OutputStage stage;
    stage.bias = piece.arrays.bias;
    stage.output = piece.sums;
    run_gemm(shape, input, piece.input_weights, stage, piece.parallel, piece.gemm_scratch);
  }

  void run_step(const Piece& piece, std::int64_t row, std::int64_t rows, std::int64_t index,
                const float* from_input) const {
    const Arrays& arrays = piece.arrays;
    const std::int64_t units = cell_.units;
    const std::int64_t sequence_stride = sizes_.steps * units;
    RecurrentStep step{};
    step.rows = rows;
    step.from_input = from_input;
    step.columns = sizes_.columns;
    step.next_h = arrays.sequence + row * sequence_stride + index * units;
    step.next_h_stride = sequence_stride;
    step.h = index == 0 ? arrays.h + row * units : step.next_h - units;
    step.h_stride = index == 0 ? units : sequence_stride;
    if (arrays.last_c != nullptr) step.c = arrays.last_c + row * units;
    if (arrays.mask != nullptr) {
      step.mask = arrays.mask + row * sizes_.steps + sizes_.position(index);
      step.mask_stride = sizes_.steps;
    }
    if (options_.reset_after && arrays.bias != nullptr) {
      step.recurrent_bias = arrays.bias + sizes_.columns;
    }
    step.update_gate = piece.update_gate + row * units;
    step.reset_h = piece.reset_h + row * units;
    if (all_masked(step)) {
      for (std::int64_t r = 0; r < rows; ++r) {
        std::copy_n(step.h + r * step.h_stride, units, step.next_h + r * step.next_h_stride);
      }
      return;
    }
    const bool falling = index % 2 != 0;
    for (int part = 0; part < part_count(cell_); ++part) {
      const std::int64_t blocks = block_count(cell_, part);
      if (!shares_units_) {
        run_recurrent_blocks(cell_, piece.recurrent_weights, step, part, 0, blocks, falling);
        continue;
      }
      const std::int64_t block_bytes = units * sizes_.columns * 4 / (blocks * part_count(cell_));
      piece.parallel.for_range(
          blocks, kKernelBytesPerThread / std::max<std::int64_t>(1, block_bytes) + 1,
          [&](std::int64_t begin, std::int64_t end, int) {
            run_recurrent_blocks(cell_, piece.recurrent_weights, step, part, begin, end, falling);
          });
    }
  }

  static bool all_masked(const RecurrentStep& step) {
    if (step.mask == nullptr) return false;
    for (std::int64_t r = 0; r < step.rows; ++r) {
      if (step.mask[r * step.mask_stride] != 0) return false;
    }
    return true;
  }

  ops::RecurrentOptions options_;
  RecurrentCell cell_;
  Sizes sizes_;
  WeightPanels input_weights_;
  AlignedFloats recurrent_weights_;  ///< packed, when constant
  bool shares_units_ = false;
  std::int64_t rows_at_once_ = 1;
  std::int64_t steps_at_once_ = 1;
  GemmShape product_;
  std::size_t input_weights_at_ = 0;
  std::size_t recurrent_weights_at_ = 0;
  std::size_t sums_at_ = 0;
  std::size_t sums_bytes_ = 0;  ///< per thread
  std::size_t gemm_at_ = 0;
  std::size_t gemm_bytes_ = 0;  ///< per thread
  std::size_t update_gate_at_ = 0;
  std::size_t reset_h_at_ = 0;
  std::size_t scratch_bytes_ = 0;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Recurrent_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::RecurrentOptions>();
  if (!has_vector_form(options.activation) || !has_vector_form(options.recurrent_activation)) {
    return nullptr;
  }
  const Shape& x = setup.inputs[0].shape;
  const Shape& recurrent_kernel = setup.inputs[2].shape;
  const RecurrentCell cell{options.cell, options.reset_after, options.activation,
                           options.recurrent_activation, recurrent_kernel[0]};
  const Sizes sizes{x[0], x[1], x[2], recurrent_kernel[1], options.go_backwards};
  return std::make_unique<Recurrent>(setup, options, cell, sizes);
}

}  // namespace tfjs::kernels
