// A forward convolution is one matrix product. A transposed one of stride s is s products along
// each axis: the output cells with equal remainder modulo s are reached by the same taps, so each
// such phase is a dense convolution of its own, with its part of the filter, and writes its own
// cells. Nothing is scattered or added twice.
#include "tfjs/kernels/simd/conv_gemm.h"

#include <algorithm>
#include <vector>

#include "tfjs/kernels/simd/conv_rows.h"
#include "tfjs/kernels/simd/dense.h"
#include "tfjs/kernels/simd/epilogue_inputs.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/kernels/simd/weight_panels.h"
#include "tfjs/kernels/simd/winograd.h"

namespace tfjs::kernels {
namespace {

/// Strides beyond any model's, for which the phases would be more work than the sums.
constexpr std::int64_t kMostPhases = 1024;

struct Phase {
  ConvGeometry geometry;
  GemmShape shape;
  WeightPanels weights;
};

class ConvGemm final : public runtime::Kernel {
 public:
  ConvGemm(std::vector<Phase> phases, const ops::Epilogue& epilogue, int threads)
      : phases_(std::move(phases)), epilogue_(epilogue) {
    std::size_t weights = 0;
    std::int64_t channels = 0;
    for (const Phase& phase : phases_) {
      gemm_scratch_ = std::max(gemm_scratch_, gemm_scratch_bytes(phase.shape, threads));
      weights = std::max(weights, phase.weights.scratch_bytes());
      channels = phase.geometry.channels_in;
    }
    scratch_bytes_ = gemm_scratch_ + weights;
    zeros_.assign(static_cast<std::size_t>(channels), 0.0f);
  }

  void run(const runtime::KernelRun& run) const override {
    const OutputStage stage = stage_of_run(epilogue_, run, kInputAndWeights);
    for (const Phase& phase : phases_) {
      const float* packed =
          phase.weights.get(run.input<float>(1), run.parallel, run.scratch + gemm_scratch_);
      const ConvRows rows(phase.geometry, run.input<float>(0), zeros_.data(), run.output<float>(0));
      run_gemm(phase.shape, rows, packed, stage, run.parallel, run.scratch);
    }
  }
  std::size_t scratch_bytes() const override { return scratch_bytes_; }
  bool can_overwrite_input(std::size_t index) const override {
    return is_residual(epilogue_, kInputAndWeights, index);
  }
  bool reads_input(std::size_t index) const override {
    return index != 1 || !phases_.front().weights.is_packed();
  }

 private:
  std::vector<Phase> phases_;
  ops::Epilogue epilogue_;
  std::vector<float> zeros_;
  std::size_t gemm_scratch_ = 0;
  std::size_t scratch_bytes_ = 0;
};

std::int64_t product(const std::array<shape::ConvAxis, 3>& axes,
                     std::int64_t shape::ConvAxis::*member) {
  return axes[0].*member * (axes[1].*member) * (axes[2].*member);
}

/// True when each output cell is the input cell of the same place.
bool is_pointwise(const shape::ConvAxis& axis) {
  return axis.kernel == 1 && axis.stride == 1 && axis.pad_before == 0 && axis.output == axis.input;
}

/// True when the one output cell sees the whole axis.
bool is_whole(const shape::ConvAxis& axis) {
  return axis.output == 1 && axis.pad_before == 0 && axis.kernel == axis.input &&
         (axis.dilation == 1 || axis.kernel == 1);
}

/// The taps of a transposed convolution's axis that reach output cells start, start + stride, ...
struct PhaseAxis {
  TapAxis taps;
  std::vector<std::int64_t> kernel_cells;
};

PhaseAxis phase_axis(const shape::ConvAxis& axis, std::int64_t start) {
  PhaseAxis phase;
  TapAxis& taps = phase.taps;
  taps.input = axis.output;
  taps.output = axis.input;
  taps.count = (axis.input - start - 1) / axis.stride + 1;
  taps.out_step = axis.stride;
  taps.out_start = start;
  taps.offsets.clear();
  for (std::int64_t k = 0; k < axis.kernel; ++k) {
    const std::int64_t reach = start + axis.pad_before - k;
    if (reach % axis.stride != 0) continue;
    taps.offsets.push_back(reach / axis.stride);
    phase.kernel_cells.push_back(k);
  }
  return phase;
}

Phase make_phase(const runtime::KernelSetup& setup, const ConvCase& conv,
                 const std::array<PhaseAxis, 3>& axes) {
  ConvGeometry geometry;
  geometry.batch = conv.batch;
  geometry.channels_in = conv.channels_in;
  geometry.channels_out = conv.channels_out;
  for (int i = 0; i < 3; ++i) geometry.axes[i] = axes[i].taps;
  const GemmShape shape = geometry.gemm_shape();
  std::vector<WeightBand> bands;
  for (std::int64_t kd : axes[0].kernel_cells) {
    for (std::int64_t kh : axes[1].kernel_cells) {
      for (std::int64_t kw : axes[2].kernel_cells) {
        const std::int64_t tap = (kd * conv.axes[1].kernel + kh) * conv.axes[2].kernel + kw;
        bands.push_back({tap * conv.channels_out * conv.channels_in,
                         static_cast<std::int64_t>(bands.size()) * conv.channels_in,
                         conv.channels_in, 1, conv.channels_in});
      }
    }
  }
  return {std::move(geometry), shape,
          WeightPanels(std::move(bands), shape.depth(), shape.columns, setup.constants[1])};
}

}  // namespace

shape::ConvAxis flat_conv_axis() {
  shape::ConvAxis axis;
  axis.input = 1;
  axis.output = 1;
  return axis;
}

std::unique_ptr<runtime::Kernel> make_forward_conv(const runtime::KernelSetup& setup,
                                                   const ConvCase& conv) {
  if (!has_vector_form(conv.epilogue.activation.kind)) return nullptr;
  const auto& axes = conv.axes;
  if (std::all_of(axes.begin(), axes.end(), is_pointwise)) {
    const std::int64_t pixels = conv.batch * product(axes, &shape::ConvAxis::output);
    return make_dense(setup, pixels, conv.channels_in, conv.channels_out, conv.epilogue);
  }
  const std::int64_t depth = product(axes, &shape::ConvAxis::kernel) * conv.channels_in;
  if (std::all_of(axes.begin(), axes.end(), is_whole)) {
    return make_dense(setup, conv.batch, depth, conv.channels_out, conv.epilogue);
  }
  if (auto kernel = make_winograd_conv(setup, conv)) return kernel;
  ConvGeometry geometry;
  geometry.batch = conv.batch;
  geometry.channels_in = conv.channels_in;
  geometry.channels_out = conv.channels_out;
  for (int i = 0; i < 3; ++i) geometry.axes[i] = forward_taps(axes[i]);
  geometry.joins_width_taps = should_join_width_taps(geometry);
  const GemmShape shape = geometry.gemm_shape();
  std::vector<Phase> phases;
  phases.push_back({std::move(geometry), shape,
                    WeightPanels({{0, 0, depth, conv.channels_out, 1}}, depth, conv.channels_out,
                                 setup.constants[1])});
  return std::make_unique<ConvGemm>(std::move(phases), conv.epilogue, setup.threads);
}

std::unique_ptr<runtime::Kernel> make_transposed_conv(const runtime::KernelSetup& setup,
                                                      const ConvCase& conv) {
  if (!has_vector_form(conv.epilogue.activation.kind)) return nullptr;
  const auto& axes = conv.axes;
  std::array<std::int64_t, 3> starts;
  for (int i = 0; i < 3; ++i) starts[i] = std::min(axes[i].stride, axes[i].input);
  if (starts[0] * starts[1] * starts[2] > kMostPhases) return nullptr;
  std::vector<Phase> phases;
  for (std::int64_t d = 0; d < starts[0]; ++d) {
    for (std::int64_t h = 0; h < starts[1]; ++h) {
      for (std::int64_t w = 0; w < starts[2]; ++w) {
        phases.push_back(make_phase(
            setup, conv, {phase_axis(axes[0], d), phase_axis(axes[1], h), phase_axis(axes[2], w)}));
      }
    }
  }
  return std::make_unique<ConvGemm>(std::move(phases), conv.epilogue, setup.threads);
}

}  // namespace tfjs::kernels
