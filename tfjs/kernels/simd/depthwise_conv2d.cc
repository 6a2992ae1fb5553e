// Depthwise convolution, by one or two output lines. The input pixels they see are listed first,
// those in the padding as pointers to zeros, so that borders, strides and dilations run the same
// inner loop. Filters are read as they lie in the weights.
#include <algorithm>
#include <vector>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/conv_gemm.h"
#include "tfjs/kernels/simd/depthwise_lines.h"
#include "tfjs/kernels/simd/epilogue_inputs.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/ops/conv2d.h"

namespace tfjs::kernels {
namespace {

constexpr double kDepthwiseFlopsPerPiece = 1e6;  // some 30 us
constexpr std::int64_t kChannelsPerGroup = 64;   // at least, when threads share a line
constexpr std::int64_t kPiecesPerThread = 4;

class DepthwiseConv final : public runtime::Kernel {
 public:
  DepthwiseConv(const ops::Conv2dOptions& options, std::int64_t batch, std::int64_t channels,
                std::int64_t multiplier, int threads)
      : height_(options.height),
        width_(options.width),
        epilogue_(options.epilogue),
        batch_(batch),
        channels_in_(channels),
        multiplier_(multiplier),
        channels_(channels * multiplier),
        plan_(plan_depthwise(height_.kernel, width_.kernel, height_.stride, width_.stride,
                             height_.dilation > 1 || width_.dilation > 1)),
        zeros_(static_cast<std::size_t>(channels_), 0.0f) {
    const std::int64_t columns =
        (width_.output + kDepthwisePixels - 1) / kDepthwisePixels * kDepthwisePixels;
    pixel_columns_ = plan_.is_unrolled ? (columns - 1) * width_.stride + width_.kernel : columns;
    const std::int64_t pixel_lines = plan_.is_unrolled
                                         ? (plan_.out_lines - 1) * height_.stride + height_.kernel
                                         : height_.kernel * width_.kernel;
    pointers_per_thread_ =
        round_to_alignment(static_cast<std::size_t>(pixel_lines * pixel_columns_) * sizeof(float*));
    pointer_scratch_ = pointers_per_thread_ * static_cast<std::size_t>(threads);
  }

  void run(const runtime::KernelRun& run) const override {
    const OutputStage stage = stage_of_run(epilogue_, run, kInputAndWeights);
    const float* x = run.input<float>(0);
    if (multiplier_ > 1) {
      float* wide = reinterpret_cast<float*>(run.scratch + pointer_scratch_);
      repeat_channels(x, wide, run.parallel);
      x = wide;
    }
    const std::int64_t bands = batch_ * bands_of_image();
    const std::int64_t groups = channel_groups(bands, run.parallel.threads());
    const double flops = 2.0 * static_cast<double>(height_.kernel * width_.kernel) *
                         static_cast<double>(plan_.out_lines * width_.output) *
                         (static_cast<double>(channels_) / static_cast<double>(groups));
    run.parallel.for_range(
        bands * groups, static_cast<std::int64_t>(kDepthwiseFlopsPerPiece / (flops + 1)) + 1,
        [&](std::int64_t begin, std::int64_t end, int thread) {
          const float** pixels = reinterpret_cast<const float**>(
              run.scratch + pointers_per_thread_ * static_cast<std::size_t>(thread));
          std::int64_t located = -1;
          for (std::int64_t unit = begin; unit < end; ++unit) {
            const std::int64_t band = unit / groups;
            if (band != located) locate_pixels(band, x, pixels);
            located = band;
            run_band(band, unit % groups, groups, run.input<float>(1), stage, pixels,
                     run.output<float>(0));
          }
        });
  }

  std::size_t scratch_bytes() const override {
    const std::int64_t wide =
        multiplier_ > 1 ? batch_ * height_.input * width_.input * channels_ : 0;
    return pointer_scratch_ + static_cast<std::size_t>(wide) * sizeof(float);
  }

 private:
  /// A band is what one call of the inner loop computes: one or two output lines.
  std::int64_t bands_of_image() const {
    return (height_.output + plan_.out_lines - 1) / plan_.out_lines;
  }

  /// Where there are few bands for the threads, they share the channels too.
  std::int64_t channel_groups(std::int64_t bands, int threads) const {
    if (threads == 1) return 1;
    const std::int64_t wanted = (kPiecesPerThread * threads + bands - 1) / bands;
    return std::clamp<std::int64_t>(wanted, 1,
                                    std::max<std::int64_t>(1, channels_ / kChannelsPerGroup));
  }

  /// Each channel `multiplier` times: the filters are then one a channel.
  void repeat_channels(const float* x, float* wide, runtime::Parallel& parallel) const {
    const std::int64_t values = batch_ * height_.input * width_.input * channels_in_;
    parallel.for_range(values, 16384, [&](std::int64_t begin, std::int64_t end, int) {
      float* to = wide + begin * multiplier_;
      for (std::int64_t i = begin; i < end; ++i, to += multiplier_)
        std::fill_n(to, multiplier_, x[i]);
    });
  }

  /// Fills DepthwiseLines::pixels.
  void locate_pixels(std::int64_t band, const float* x, const float** pixels) const {
    const std::int64_t first_line = band % bands_of_image() * plan_.out_lines;
    const float* image = x + band / bands_of_image() * height_.input * width_.input * channels_;
    const std::int64_t top = first_line * height_.stride - height_.pad_before;
    if (plan_.is_unrolled) {
      const std::int64_t lines = (plan_.out_lines - 1) * height_.stride + height_.kernel;
      for (std::int64_t i = 0; i < lines; ++i, pixels += pixel_columns_) {
        locate_line(image, top + i, -width_.pad_before, 1, pixels);
      }
      return;
    }
    for (std::int64_t ky = 0; ky < height_.kernel; ++ky) {
      for (std::int64_t kx = 0; kx < width_.kernel; ++kx, pixels += pixel_columns_) {
        locate_line(image, top + ky * height_.dilation, kx * width_.dilation - width_.pad_before,
                    width_.stride, pixels);
      }
    }
  }

  /// Pixels left, left + step, ... of one input line.
  void locate_line(const float* image, std::int64_t line, std::int64_t left, std::int64_t step,
                   const float** pixels) const {
    const bool is_inside = line >= 0 && line < height_.input;
    for (std::int64_t i = 0; i < pixel_columns_; ++i) {
      const std::int64_t column = left + i * step;
      pixels[i] = is_inside && column >= 0 && column < width_.input
                      ? image + (line * width_.input + column) * channels_
                      : zeros_.data();
    }
  }

  void run_band(std::int64_t band, std::int64_t group, std::int64_t groups, const float* filter,
                const OutputStage& stage, const float* const* pixels, float* out) const {
    const std::int64_t first_line = band % bands_of_image() * plan_.out_lines;
    const std::int64_t at =
        (band / bands_of_image() * height_.output + first_line) * width_.output * channels_;
    // Group borders at whole vectors of any target.
    const auto border = [&](std::int64_t g) {
      return g == groups ? channels_ : channels_ * g / groups / 16 * 16;
    };
    DepthwiseLines lines;
    lines.pixels = pixels;
    lines.pixel_columns = pixel_columns_;
    lines.weights = filter;
    lines.kernel_height = height_.kernel;
    lines.kernel_width = width_.kernel;
    lines.stride = width_.stride;
    lines.is_unrolled = plan_.is_unrolled;
    lines.out_lines =
        static_cast<int>(std::min<std::int64_t>(plan_.out_lines, height_.output - first_line));
    lines.columns = width_.output;
    lines.channels = channels_;
    lines.channel_begin = border(group);
    lines.channel_end = border(group + 1);
    lines.out = out + at;
    lines.bias = stage.bias;
    lines.residual = stage.residual == nullptr ? nullptr : stage.residual + at;
    lines.bounds = bounds_of(stage.activation);
    run_depthwise_lines(lines);
    if (stage.activation.kind == ops::UnaryKind::LeakyRelu ||
        !fuses_in_registers(stage.activation.kind)) {
      for (std::int64_t pixel = 0; pixel < lines.out_lines * lines.columns; ++pixel) {
        float* values = lines.out + pixel * channels_ + lines.channel_begin;
        map_unary(stage.activation, values, values, lines.channel_end - lines.channel_begin);
      }
    }
  }

  shape::ConvAxis height_;
  shape::ConvAxis width_;
  ops::Epilogue epilogue_;
  std::int64_t batch_;
  std::int64_t channels_in_;
  std::int64_t multiplier_;
  std::int64_t channels_;  ///< of the output
  DepthwisePlan plan_;
  std::vector<float> zeros_;
  std::int64_t pixel_columns_ = 0;
  std::size_t pointers_per_thread_ = 0;
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
