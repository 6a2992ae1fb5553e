// Channels are the vector dimension. The common filters (3 or 5 wide, stride 1 or 2) keep the
// pixels of a row in registers and use each for all outputs it reaches; others load a pixel per tap
// and output.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/depthwise_tile.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include "tfjs/kernels/simd/depthwise_tile.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

constexpr int kPixels = kDepthwisePixels;

/// Reads and writes whole vectors, or the first `count` lanes of one.
struct WholeVector {
  FloatTag d;
  HWY_INLINE FloatVec load(const float* from) const { return hn::LoadU(d, from); }
  HWY_INLINE void store(FloatVec v, float* to) const { hn::StoreU(v, d, to); }
};
struct PartVector {
  FloatTag d;
  std::size_t count;
  HWY_INLINE FloatVec load(const float* from) const { return load_part(d, from, count); }
  HWY_INLINE void store(FloatVec v, float* to) const { store_part(v, d, to, count); }
};

template <class Vector>
HWY_INLINE void finish(const DepthwiseTile& tile, Vector memory, std::int64_t c,
                       FloatVec (&sum)[kPixels]) {
  const FloatTag d;
  if (tile.residual != nullptr) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) {
      if (p >= tile.count) break;
      sum[p] = hn::Add(sum[p], memory.load(tile.residual + p * tile.channels + c));
    }
  }
  // NaN as the second argument is what Min and Max of x86 return.
  if (tile.bounds.has_low) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) sum[p] = hn::Max(hn::Set(d, tile.bounds.low), sum[p]);
  }
  if (tile.bounds.has_high) {
#pragma GCC unroll 4
    for (int p = 0; p < kPixels; ++p) sum[p] = hn::Min(hn::Set(d, tile.bounds.high), sum[p]);
  }
#pragma GCC unroll 4
  for (int p = 0; p < kPixels; ++p) {
    if (p >= tile.count) break;
    memory.store(sum[p], tile.out + p * tile.channels + c);
  }
}

template <int KW, int STEP>
struct Unrolled {
  template <class Vector>
  static HWY_INLINE void add_row(const DepthwiseTile& tile, Vector memory, std::int64_t row,
                                 std::int64_t c, FloatVec (&sum)[kPixels]) {
    constexpr int kSpan = (kPixels - 1) * STEP + KW;
    const float* const* pixels = tile.pixels + row * kSpan;
    const float* weights = tile.weights[row] + c;
    FloatVec x[kSpan];
#pragma GCC unroll 16
    for (int i = 0; i < kSpan; ++i) x[i] = memory.load(pixels[i] + c);
#pragma GCC unroll 8
    for (int k = 0; k < KW; ++k) {
      const FloatVec w = memory.load(weights + k * tile.channels);
#pragma GCC unroll 4
      for (int p = 0; p < kPixels; ++p) sum[p] = hn::MulAdd(x[p * STEP + k], w, sum[p]);
    }
  }
};

struct General {
  template <class Vector>
  static HWY_INLINE void add_row(const DepthwiseTile& tile, Vector memory, std::int64_t row,
                                 std::int64_t c, FloatVec (&sum)[kPixels]) {
    const float* const* pixels = tile.pixels + row * tile.kernel_width * kPixels;
    const float* weights = tile.weights[row] + c;
    for (std::int64_t k = 0; k < tile.kernel_width; ++k) {
      const FloatVec w = memory.load(weights + k * tile.channels);
#pragma GCC unroll 4
      for (int p = 0; p < kPixels; ++p) {
        sum[p] = hn::MulAdd(memory.load(pixels[k * kPixels + p] + c), w, sum[p]);
      }
    }
  }
};

template <class Loop, class Vector>
HWY_INLINE void run_vector(const DepthwiseTile& tile, Vector memory, std::int64_t c) {
  const FloatTag d;
  FloatVec sum[kPixels];
  const FloatVec start = tile.bias != nullptr ? memory.load(tile.bias + c) : hn::Zero(d);
#pragma GCC unroll 4
  for (int p = 0; p < kPixels; ++p) sum[p] = start;
  for (std::int64_t row = 0; row < tile.rows; ++row) Loop::add_row(tile, memory, row, c, sum);
  finish(tile, memory, c, sum);
}

template <class Loop>
HWY_NOINLINE void run_channels(const DepthwiseTile& given) {
  // A copy that no store can change, so that its fields stay in registers.
  const DepthwiseTile tile = given;
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t c = 0;
  for (; c + lanes <= tile.channels; c += lanes) run_vector<Loop>(tile, WholeVector{d}, c);
  if (c == tile.channels) return;
  if (c > 0) {
    // The last vector once more takes some channels of the one before: cheaper than a partial one.
    run_vector<Loop>(tile, WholeVector{d}, tile.channels - lanes);
  } else {
    run_vector<Loop>(tile, PartVector{d, static_cast<std::size_t>(tile.channels)}, 0);
  }
}

void run_depthwise_target(const DepthwiseTile& tile) {
  if (tile.step == 1 && tile.kernel_width == 3) return run_channels<Unrolled<3, 1>>(tile);
  if (tile.step == 2 && tile.kernel_width == 3) return run_channels<Unrolled<3, 2>>(tile);
  if (tile.step == 1 && tile.kernel_width == 5) return run_channels<Unrolled<5, 1>>(tile);
  if (tile.step == 2 && tile.kernel_width == 5) return run_channels<Unrolled<5, 2>>(tile);
  run_channels<General>(tile);
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(run_depthwise_target);

void run_depthwise_tile(const DepthwiseTile& tile) {
  HWY_DYNAMIC_DISPATCH(run_depthwise_target)(tile);
}

bool has_unrolled_depthwise(std::int64_t kernel_width, std::int64_t stride, std::int64_t dilation) {
  return (kernel_width == 3 || kernel_width == 5) && (stride == 1 || stride == 2) && dilation == 1;
}

}  // namespace tfjs::kernels
#endif
