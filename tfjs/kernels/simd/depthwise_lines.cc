// Channels are the vector dimension. For each vector of channels the filter's weights are loaded
// once and the line of outputs is walked four at a time. The common filters (3 x 3 and 5 x 5,
// stride 1 or 2) load each input pixel once for all outputs it reaches, with 32 registers for two
// output lines at a time; others load a pixel per tap and output.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/depthwise_lines.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include "tfjs/kernels/simd/depthwise_lines.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

constexpr int kPixels = kDepthwisePixels;

/// Adds the residual, applies the bounds and stores outputs [column, column + 4) of a line, as far
/// as it has them.
template <class Vector>
HWY_INLINE void finish(const DepthwiseLines& lines, Vector memory, std::int64_t line,
                       std::int64_t column, std::int64_t c, FloatVec (&sum)[kPixels]) {
  const FloatTag d;
  const std::int64_t count = lines.columns - column;
  const std::int64_t at = (line * lines.columns + column) * lines.channels + c;
  if (lines.residual != nullptr) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) {
      if (p >= count) break;
      sum[p] = hn::Add(sum[p], memory.load(lines.residual + at + p * lines.channels));
    }
  }
  // NaN as the second argument is what Min and Max of x86 return.
  if (lines.bounds.has_low) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) sum[p] = hn::Max(hn::Set(d, lines.bounds.low), sum[p]);
  }
  if (lines.bounds.has_high) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) sum[p] = hn::Min(hn::Set(d, lines.bounds.high), sum[p]);
  }
#pragma GCC unroll 4
  for (int p = 0; p < kPixels; ++p) {
    if (p >= count) break;
    memory.store(sum[p], lines.out + at + p * lines.channels);
  }
}

/// K x K filters of stride S, OUT lines of output.
template <int K, int S, int OUT>
struct Unrolled {
  template <class Vector>
  static HWY_INLINE void run(const DepthwiseLines& lines, Vector memory, std::int64_t c) {
    const FloatTag d;
    constexpr int kSpan = (kPixels - 1) * S + K;
    FloatVec weight[K * K];
#pragma GCC unroll 32
    for (int k = 0; k < K * K; ++k) weight[k] = memory.load(lines.weights + k * lines.channels + c);
    const FloatVec start = lines.bias != nullptr ? memory.load(lines.bias + c) : hn::Zero(d);
    for (std::int64_t column = 0; column < lines.columns; column += kPixels) {
      FloatVec sum[OUT][kPixels];
#pragma GCC unroll 2
      for (int o = 0; o < OUT; ++o) {
#pragma GCC unroll 4
        for (int p = 0; p < kPixels; ++p) sum[o][p] = start;
      }
      const float* const* pixels = lines.pixels + column * S;
#pragma GCC unroll 8
      for (int i = 0; i < (OUT - 1) * S + K; ++i) {
        FloatVec x[kSpan];
#pragma GCC unroll 16
        for (int j = 0; j < kSpan; ++j) x[j] = memory.load(pixels[j] + c);
        pixels += lines.pixel_columns;
#pragma GCC unroll 2
        for (int o = 0; o < OUT; ++o) {
          const int ky = i - o * S;
          if (ky < 0 || ky >= K) continue;
#pragma GCC unroll 8
          for (int kx = 0; kx < K; ++kx) {
#pragma GCC unroll 4
            for (int p = 0; p < kPixels; ++p) {
              sum[o][p] = hn::MulAdd(x[p * S + kx], weight[ky * K + kx], sum[o][p]);
            }
          }
        }
      }
#pragma GCC unroll 2
      for (int o = 0; o < OUT; ++o) finish(lines, memory, o, column, c, sum[o]);
    }
  }
};

struct General {
  template <class Vector>
  static HWY_INLINE void run(const DepthwiseLines& lines, Vector memory, std::int64_t c) {
    const FloatTag d;
    const std::int64_t taps = lines.kernel_height * lines.kernel_width;
    const FloatVec start = lines.bias != nullptr ? memory.load(lines.bias + c) : hn::Zero(d);
    for (std::int64_t column = 0; column < lines.columns; column += kPixels) {
      FloatVec sum[kPixels];
#pragma GCC unroll 4
      for (int p = 0; p < kPixels; ++p) sum[p] = start;
      const float* const* pixels = lines.pixels + column;
      for (std::int64_t k = 0; k < taps; ++k, pixels += lines.pixel_columns) {
        const FloatVec weight = memory.load(lines.weights + k * lines.channels + c);
#pragma GCC unroll 4
        for (int p = 0; p < kPixels; ++p) {
          sum[p] = hn::MulAdd(memory.load(pixels[p] + c), weight, sum[p]);
        }
      }
      finish(lines, memory, 0, column, c, sum);
    }
  }
};

template <class Loop>
HWY_NOINLINE void run_channels(const DepthwiseLines& given) {
  // A copy that no store can change, so that its fields stay in registers.
  const DepthwiseLines lines = given;
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t c = lines.channel_begin;
  for (; c + lanes <= lines.channel_end; c += lanes) Loop::run(lines, WholeVector{d}, c);
  if (c == lines.channel_end) return;
  if (c > lines.channel_begin) {
    // The last vector once more takes some channels of the one before: cheaper than a partial one.
    Loop::run(lines, WholeVector{d}, lines.channel_end - lanes);
  } else {
    Loop::run(lines, PartVector{d, static_cast<std::size_t>(lines.channel_end - c)}, c);
  }
}

#if HWY_TARGET == HWY_AVX3
inline constexpr int kOutLines = 2;
#else
inline constexpr int kOutLines = 1;
#endif

int out_lines_target() {
  return kOutLines;
}

void run_depthwise_target(const DepthwiseLines& lines) {
  if (!lines.is_unrolled) return run_channels<General>(lines);
  const bool is_narrow = lines.kernel_width == 3;
  if (is_narrow && lines.out_lines == 2) {
    return lines.stride == 1 ? run_channels<Unrolled<3, 1, kOutLines>>(lines)
                             : run_channels<Unrolled<3, 2, kOutLines>>(lines);
  }
  if (is_narrow) {
    return lines.stride == 1 ? run_channels<Unrolled<3, 1, 1>>(lines)
                             : run_channels<Unrolled<3, 2, 1>>(lines);
  }
  return lines.stride == 1 ? run_channels<Unrolled<5, 1, 1>>(lines)
                           : run_channels<Unrolled<5, 2, 1>>(lines);
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(out_lines_target);
HWY_EXPORT(run_depthwise_target);

DepthwisePlan plan_depthwise(std::int64_t kernel_height, std::int64_t kernel_width,
                             std::int64_t stride_height, std::int64_t stride_width,
                             bool is_dilated) {
  const bool is_unrolled =
      kernel_height == kernel_width && (kernel_width == 3 || kernel_width == 5) &&
      stride_height == stride_width && (stride_width == 1 || stride_width == 2) && !is_dilated;
  if (!is_unrolled) return {false, 1};
  return {true, kernel_width == 3 ? HWY_DYNAMIC_DISPATCH(out_lines_target)() : 1};
}

void run_depthwise_lines(const DepthwiseLines& lines) {
  HWY_DYNAMIC_DISPATCH(run_depthwise_target)(lines);
}

}  // namespace tfjs::kernels
#endif
