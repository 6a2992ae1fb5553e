// Channels are the vector dimension; the 16 cells of a tile are in registers.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/winograd_tiles.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>

#include "tfjs/kernels/simd/lanes-inl.h"
#include "tfjs/kernels/simd/winograd_tiles.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// B' of a line of four: [x0 - x2, x1 + x2, x2 - x1, x1 - x3].
HWY_INLINE void transform_inputs(FloatVec& x0, FloatVec& x1, FloatVec& x2, FloatVec& x3) {
  const FloatVec second = hn::Add(x1, x2);
  const FloatVec third = hn::Sub(x2, x1);
  x0 = hn::Sub(x0, x2);
  x3 = hn::Sub(x1, x3);
  x1 = second;
  x2 = third;
}

template <class Vector>
HWY_INLINE void transform_input_channels(Vector memory, const float* const* pixels, std::int64_t c,
                                         float* out, std::int64_t stride) {
  FloatVec x[kWinogradPoints];
#pragma GCC unroll 16
  for (int i = 0; i < kWinogradPoints; ++i) x[i] = memory.load(pixels[i] + c);
#pragma GCC unroll 4
  for (int j = 0; j < 4; ++j) transform_inputs(x[j], x[4 + j], x[8 + j], x[12 + j]);
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    transform_inputs(x[4 * i], x[4 * i + 1], x[4 * i + 2], x[4 * i + 3]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < kWinogradPoints; ++i) memory.store(x[i], out + i * stride + c);
}

void winograd_input_target(const float* const* pixels, std::int64_t channels, float* out,
                           std::int64_t stride) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t c = 0;
  for (; c + lanes <= channels; c += lanes) {
    transform_input_channels(WholeVector{d}, pixels, c, out, stride);
  }
  if (c == channels) return;
  const PartVector part{d, static_cast<std::size_t>(channels - c)};
  transform_input_channels(part, pixels, c, out, stride);
}

/// A' of a line of four: [x0 + x1 + x2, x1 - x2 - x3].
HWY_INLINE void transform_sums(FloatVec& x0, FloatVec& x1, FloatVec x2, FloatVec x3) {
  x0 = hn::Add(hn::Add(x0, x1), x2);
  x1 = hn::Sub(hn::Sub(x1, x2), x3);
}

template <class Vector>
HWY_INLINE void transform_output_columns(Vector memory, const WinogradOutput& tile, Bounds bounds,
                                         std::int64_t at) {
  const FloatTag d;
  const OutputStage& stage = *tile.stage;
  const std::int64_t column = tile.column + at;
  FloatVec x[kWinogradPoints];
#pragma GCC unroll 16
  for (int i = 0; i < kWinogradPoints; ++i) x[i] = hn::Load(d, tile.sums + i * tile.stride + at);
#pragma GCC unroll 4
  for (int j = 0; j < 4; ++j) transform_sums(x[j], x[4 + j], x[8 + j], x[12 + j]);
#pragma GCC unroll 2
  for (int i = 0; i < 2; ++i) {
    transform_sums(x[4 * i], x[4 * i + 1], x[4 * i + 2], x[4 * i + 3]);
  }
  const FloatVec bias = stage.bias != nullptr ? memory.load(stage.bias + column) : hn::Zero(d);
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    float* pixel = tile.pixels[i];
    if (pixel == nullptr) continue;
    FloatVec y = hn::Add(x[i / 2 * 4 + i % 2], bias);
    if (stage.residual != nullptr) {
      y = hn::Add(y, memory.load(stage.residual + (pixel - stage.output) + column));
    }
    if (stage.activation.kind == ops::UnaryKind::LeakyRelu) {
      const FloatVec slope = hn::Set(d, stage.activation.alpha);
      y = hn::IfThenElse(hn::Ge(y, hn::Zero(d)), y, hn::Mul(slope, y));
    }
    // NaN as the second argument is what Min and Max of x86 return.
    if (bounds.has_low) y = hn::Max(hn::Set(d, bounds.low), y);
    if (bounds.has_high) y = hn::Min(hn::Set(d, bounds.high), y);
    memory.store(y, pixel + column);
  }
}

void winograd_output_target(const WinogradOutput& tile) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const Bounds bounds = bounds_of(tile.stage->activation);
  std::int64_t at = 0;
  for (; at + lanes <= tile.columns; at += lanes) {
    transform_output_columns(WholeVector{d}, tile, bounds, at);
  }
  if (at == tile.columns) return;
  const PartVector part{d, static_cast<std::size_t>(tile.columns - at)};
  transform_output_columns(part, tile, bounds, at);
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(winograd_input_target);
HWY_EXPORT(winograd_output_target);

void winograd_input(const float* const* pixels, std::int64_t channels, float* out,
                    std::int64_t stride) {
  HWY_DYNAMIC_DISPATCH(winograd_input_target)(pixels, channels, out, stride);
}

void winograd_output(const WinogradOutput& tile) {
  HWY_DYNAMIC_DISPATCH(winograd_output_target)(tile);
}

void winograd_filter(const float* filter, std::int64_t pairs, int point, float* out) {
  // Rows of G.
  static constexpr float kFactors[4][3] = {
      {1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
  const float* const down = kFactors[point / 4];
  const float* const across = kFactors[point % 4];
  std::fill_n(out, pairs, 0.0f);
  for (int tap = 0; tap < 9; ++tap) {
    const float factor = down[tap / 3] * across[tap % 3];
    if (factor == 0) continue;
    const float* const cell = filter + tap * pairs;
    for (std::int64_t i = 0; i < pairs; ++i) out[i] += factor * cell[i];
  }
}

}  // namespace tfjs::kernels
#endif
