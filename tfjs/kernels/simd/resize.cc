// An output line looks at two lines of the input. Each pair of lines is mixed first, over all their
// columns and channels at once; then the columns of that one line are mixed.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/resize.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <cstring>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/resize_taps.h"
#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/lanes-inl.h"
#include "tfjs/kernels/simd/pieces.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// out[i] = a[i] + (b[i] - a[i]) * weight
HWY_INLINE void mix(const float* a, const float* b, float weight, float* out, std::int64_t count) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const FloatVec w = hn::Set(d, weight);
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const FloatVec x = hn::LoadU(d, a + i);
    hn::StoreU(hn::MulAdd(hn::Sub(hn::LoadU(d, b + i), x), w, x), d, out + i);
  }
  for (; i < count; ++i) out[i] = a[i] + (b[i] - a[i]) * weight;
}

void mix_target(const float* a, const float* b, float weight, float* out, std::int64_t count) {
  mix(a, b, weight, out, count);
}

void mix_columns_target(const float* line, const Tap* taps, std::int64_t count,
                        std::int64_t channels, float* out) {
  for (std::int64_t i = 0; i < count; ++i, out += channels) {
    mix(line + taps[i].first * channels, line + taps[i].second * channels,
        static_cast<float>(taps[i].weight), out, channels);
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
namespace {

HWY_EXPORT(mix_target);
HWY_EXPORT(mix_columns_target);

class Resize final : public runtime::Kernel {
 public:
  Resize(const Shape& input, const Shape& output, const ops::ResizeOptions& options, int threads)
      : images_(input[0]),
        height_(input[1]),
        width_(input[2]),
        channels_(input[3]),
        lines_(resize_taps(input[1], output[1], options)),
        columns_(resize_taps(input[2], output[2], options)),
        line_bytes_(
            round_to_alignment(static_cast<std::size_t>(width_ * channels_) * sizeof(float))),
        threads_(threads) {}

  std::size_t scratch_bytes() const override {
    return line_bytes_ * static_cast<std::size_t>(threads_);
  }

  void run(const runtime::KernelRun& run) const override {
    const std::int64_t lines = static_cast<std::int64_t>(lines_.size());
    const std::int64_t line_floats = static_cast<std::int64_t>(columns_.size()) * channels_;
    run.parallel.for_range(
        images_ * lines,
        items_per_piece(kCheapElementsPerPiece, 2 * (line_floats + width_ * channels_)),
        [&](std::int64_t begin, std::int64_t end, int thread) {
          float* room = reinterpret_cast<float*>(run.scratch +
                                                 line_bytes_ * static_cast<std::size_t>(thread));
          for (std::int64_t i = begin; i < end; ++i) {
            const float* image = run.input<float>(0) + i / lines * height_ * width_ * channels_;
            run_line(image, lines_[static_cast<std::size_t>(i % lines)], room,
                     run.output<float>(0) + i * line_floats);
          }
        });
  }

 private:
  void run_line(const float* image, const Tap& tap, float* room, float* out) const {
    const std::int64_t stride = width_ * channels_;
    const float* line = image + tap.first * stride;
    if (tap.weight != 0) {
      HWY_DYNAMIC_DISPATCH(mix_target)
      (line, image + tap.second * stride, static_cast<float>(tap.weight), room, stride);
      line = room;
    }
    HWY_DYNAMIC_DISPATCH(mix_columns_target)
    (line, columns_.data(), static_cast<std::int64_t>(columns_.size()), channels_, out);
  }

  std::int64_t images_;
  std::int64_t height_;
  std::int64_t width_;
  std::int64_t channels_;
  std::vector<Tap> lines_;
  std::vector<Tap> columns_;
  std::size_t line_bytes_;
  int threads_;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Resize_simd(const runtime::KernelSetup& setup) {
  return std::make_unique<Resize>(setup.inputs[0].shape, setup.outputs[0].shape,
                                  setup.options<ops::ResizeOptions>(), setup.threads);
}

}  // namespace tfjs::kernels
#endif
