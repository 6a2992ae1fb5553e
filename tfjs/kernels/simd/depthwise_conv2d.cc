// Depthwise convolution, row by row. A tile of neighbouring output pixels gets the pointers of the
// input pixels under it, those in the padding pointing at zeros, so borders, strides and dilations
// run the same inner loop. Filters are read as they lie in the weights.
#include <algorithm>
#include <vector>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/conv_gemm.h"
#include "tfjs/kernels/simd/depthwise_tile.h"
#include "tfjs/kernels/simd/epilogue_inputs.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/ops/conv2d.h"

namespace tfjs::kernels {
namespace {

constexpr std::size_t kOwnInputs = 2;
constexpr double kFlopsPerPiece = 1e6;  // some 30 us

class DepthwiseConv final : public runtime::Kernel {
 public:
  DepthwiseConv(const ops::Conv2dOptions& options, std::int64_t batch, std::int64_t channels,
                std::int64_t multiplier, int threads)
      : options_(options),
        batch_(batch),
        channels_in_(channels),
        multiplier_(multiplier),
        channels_(channels * multiplier),
        zeros_(static_cast<std::size_t>(channels_), 0.0f) {
    const shape::ConvAxis& width = options_.width;
    unrolled_ = has_unrolled_depthwise(width.kernel, width.stride, width.dilation);
    pixels_per_row_ = unrolled_ ? (kDepthwisePixels - 1) * width.stride + width.kernel
                                : width.kernel * kDepthwisePixels;
    const std::size_t pointers =
        static_cast<std::size_t>(options_.height.kernel * (pixels_per_row_ + 1));
    scratch_per_thread_ = round_to_alignment(pointers * sizeof(float*));
    pointer_scratch_ = scratch_per_thread_ * static_cast<std::size_t>(threads);
  }

  void run(const runtime::KernelRun& run) const override {
    const OutputStage stage = stage_of_run(options_.epilogue, run, kOwnInputs);
    const float* x = run.input<float>(0);
    if (multiplier_ > 1) {
      float* wide = reinterpret_cast<float*>(run.scratch + pointer_scratch_);
      repeat_channels(x, wide, run.parallel);
      x = wide;
    }
    const double flops_of_row =
        2.0 * static_cast<double>(options_.height.kernel * options_.width.kernel) *
        static_cast<double>(options_.width.output * channels_);
    run.parallel.for_range(
        batch_ * options_.height.output,
        static_cast<std::int64_t>(kFlopsPerPiece / (flops_of_row + 1)) + 1,
        [&](std::int64_t begin, std::int64_t end, int thread) {
          const float** pointers = reinterpret_cast<const float**>(
              run.scratch + scratch_per_thread_ * static_cast<std::size_t>(thread));
          for (std::int64_t row = begin; row < end; ++row) {
            run_row(row, x, run.input<float>(1), run.output<float>(0), stage, pointers);
          }
        });
  }

  std::size_t scratch_bytes() const override {
    const std::int64_t wide =
        multiplier_ > 1 ? batch_ * options_.height.input * options_.width.input * channels_ : 0;
    return pointer_scratch_ + static_cast<std::size_t>(wide) * sizeof(float);
  }

 private:
  /// Each channel `multiplier` times: the filters are then one a channel.
  void repeat_channels(const float* x, float* wide, runtime::Parallel& parallel) const {
    const std::int64_t values =
        batch_ * options_.height.input * options_.width.input * channels_in_;
    parallel.for_range(values, 16384, [&](std::int64_t begin, std::int64_t end, int) {
      float* to = wide + begin * multiplier_;
      for (std::int64_t i = begin; i < end; ++i, to += multiplier_)
        std::fill_n(to, multiplier_, x[i]);
    });
  }

  /// `row` counts output rows of all images.
  void run_row(std::int64_t row, const float* x, const float* filter, float* out,
               const OutputStage& stage, const float** pointers) const {
    const shape::ConvAxis& height = options_.height;
    const shape::ConvAxis& width = options_.width;
    const std::int64_t top = row % height.output * height.stride - height.pad_before;
    const float* image = x + row / height.output * height.input * width.input * channels_;
    // Filter rows [first, end) lie inside the image.
    const std::int64_t d = height.dilation;
    const std::int64_t first = top >= 0 ? 0 : std::min(height.kernel, (-top + d - 1) / d);
    const std::int64_t end = std::max(
        first, std::min(height.kernel, height.input > top ? (height.input - top + d - 1) / d : 0));

    const float** weights = pointers;
    const float** pixels = pointers + height.kernel;
    DepthwiseTile tile;
    tile.pixels = pixels;
    tile.weights = weights;
    tile.rows = end - first;
    tile.kernel_width = width.kernel;
    tile.step = unrolled_ ? width.stride : 0;
    tile.channels = channels_;
    tile.bias = stage.bias;
    tile.bounds = bounds_of(stage.activation);
    for (std::int64_t k = first; k < end; ++k)
      weights[k - first] = filter + k * width.kernel * channels_;

    float* out_row = out + row * width.output * channels_;
    for (std::int64_t column = 0; column < width.output; column += kDepthwisePixels) {
      for (std::int64_t k = first; k < end; ++k) {
        locate_pixels(image + (top + k * d) * width.input * channels_, column,
                      pixels + (k - first) * pixels_per_row_);
      }
      tile.out = out_row + column * channels_;
      tile.count =
          static_cast<int>(std::min<std::int64_t>(kDepthwisePixels, width.output - column));
      tile.residual =
          stage.residual == nullptr ? nullptr : stage.residual + (tile.out - stage.output);
      run_depthwise_tile(tile);
      if (!is_bounds_only(stage.activation.kind)) {
        map_unary(stage.activation, tile.out, tile.out, tile.count * channels_);
      }
    }
  }

  static bool is_bounds_only(ops::UnaryKind kind) {
    return fuses_in_registers(kind) && kind != ops::UnaryKind::LeakyRelu;
  }

  /// The pixels of one image row that the tile at output `column` reads with one filter row.
  void locate_pixels(const float* line, std::int64_t column, const float** pixels) const {
    const shape::ConvAxis& width = options_.width;
    const std::int64_t left = column * width.stride - width.pad_before;
    const auto pixel = [&](std::int64_t at) {
      return at >= 0 && at < width.input ? line + at * channels_ : zeros_.data();
    };
    if (unrolled_) {
      for (std::int64_t i = 0; i < pixels_per_row_; ++i) pixels[i] = pixel(left + i);
      return;
    }
    for (std::int64_t k = 0; k < width.kernel; ++k) {
      for (std::int64_t p = 0; p < kDepthwisePixels; ++p) {
        *pixels++ = pixel(left + p * width.stride + k * width.dilation);
      }
    }
  }

  ops::Conv2dOptions options_;
  std::int64_t batch_;
  std::int64_t channels_in_;
  std::int64_t multiplier_;
  std::int64_t channels_;  ///< of the output
  std::vector<float> zeros_;
  bool unrolled_ = false;
  std::int64_t pixels_per_row_ = 0;
  std::size_t scratch_per_thread_ = 0;
  std::size_t pointer_scratch_ = 0;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_DepthwiseConv2d_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::Conv2dOptions>();
  if (!has_vector_form(options.epilogue.activation.kind)) return nullptr;
  const Shape& x = setup.inputs[0].shape;
  const std::int64_t multiplier = setup.inputs[1].shape[3];
  if (x[3] == 1) {
    // One channel with many filters is a dense convolution.
    return make_forward_conv(
        setup,
        {x[0], {flat_conv_axis(), options.height, options.width}, 1, multiplier, options.epilogue});
  }
  return std::make_unique<DepthwiseConv>(options, x[0], x[3], multiplier, setup.threads);
}

}  // namespace tfjs::kernels
