// The register tile: MR rows by NV vectors of C, accumulated over all segments of the rows.
//
// The accumulators are a fully unrolled array, which the compiler keeps in registers: 12 x 2 of 32
// registers on AVX-512 (measured at 97 % of peak there), 6 x 2 of 16 on AVX2, 4 x 2 elsewhere (6 x
// 2 spills in WebAssembly).
#if defined(TFJS_KERNELS_SIMD_GEMM_TILE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TFJS_KERNELS_SIMD_GEMM_TILE_INL_H_
#undef TFJS_KERNELS_SIMD_GEMM_TILE_INL_H_
#else
#define TFJS_KERNELS_SIMD_GEMM_TILE_INL_H_
#endif

#include <cstdint>

#include "hwy/cache_control.h"
#include "hwy/highway.h"
#include "tfjs/kernels/simd/gemm_block.h"
#include "tfjs/kernels/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_AVX3
inline constexpr int kTileRows = 12;
#elif HWY_TARGET == HWY_AVX2
inline constexpr int kTileRows = 6;
#else
inline constexpr int kTileRows = 4;
#endif

/// Steps of depth a loop iteration takes: 4 are worth 4 % on AVX-512; in WebAssembly they spill.
#if HWY_TARGET == HWY_AVX3
inline constexpr int kDepthStep = 4;
#else
inline constexpr int kDepthStep = 1;
#endif

struct TileCall {
  const float* const* a;  ///< [segments][rows]
  float* const* c;        ///< [rows], column 0
  const float* b;         ///< the panel, at this call's depth
  std::int64_t segments;
  std::int64_t offset;  ///< into each segment
  std::int64_t length;  ///< of each segment from there
  std::int64_t column;  ///< of C, the panel's first
  std::size_t columns;  ///< of the panel: all of its vectors but for the last, which may be partial
  bool first;           ///< else C holds the sums so far
  bool last;            ///< then the output stage follows
  bool leaky;           ///< the activation is a leaky relu
  Bounds bounds;
  const OutputStage* stage;
  const float* ahead;  ///< up to ahead_end: what AVX-512 brings into the caches meanwhile
  const float* ahead_end;
};

/// Floats that a tile brings in every kDepthStep: two cache lines.
inline constexpr std::int64_t kAheadFloats = 32;

/// The end of a tile whose last panel is narrower than its vectors: the same steps as in run_tile,
/// from `sums` [rows][vectors], for columns that must not be touched beyond the last.
HWY_NOINLINE void finish_narrow_tile(const TileCall& call, const float* sums, int rows,
                                     int vectors) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  const OutputStage& stage = *call.stage;
  for (int r = 0; r < rows; ++r) {
    for (std::size_t at = 0; at < call.columns; at += lanes) {
      const std::size_t count = HWY_MIN(lanes, call.columns - at);
      float* to = call.c[r] + call.column + at;
      FloatVec x = hn::Load(d, sums + static_cast<std::size_t>(r * vectors) * lanes + at);
      if (!call.first) x = hn::Add(x, load_part(d, to, count));
      if (call.first && stage.bias != nullptr) {
        x = hn::Add(x, load_part(d, stage.bias + call.column + at, count));
      }
      if (call.first && stage.residual != nullptr) {
        x = hn::Add(x, load_part(d, stage.residual + (to - stage.output), count));
      }
      if (call.last) {
        if (call.leaky) {
          x = hn::IfThenElse(hn::Ge(x, hn::Zero(d)), x,
                             hn::Mul(hn::Set(d, stage.activation.alpha), x));
        }
        if (call.bounds.has_low) x = hn::Max(hn::Set(d, call.bounds.low), x);
        if (call.bounds.has_high) x = hn::Min(hn::Set(d, call.bounds.high), x);
      }
      store_part(x, d, to, count);
    }
  }
}

/// What the sums of a full tile start from: nothing, the bias and the residual, or the sums so far.
template <int MR, int NV>
HWY_INLINE void start_tile(const TileCall& call, FloatVec (&sum)[MR][NV]) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  const OutputStage& stage = *call.stage;
  const bool narrow = call.columns < NV * lanes;
  const float* bias = call.first && !narrow ? stage.bias : nullptr;
  FloatVec start[NV];
#pragma GCC unroll 2
  for (int v = 0; v < NV; ++v) {
    start[v] = bias != nullptr ? hn::LoadU(d, bias + call.column + v * lanes) : hn::Zero(d);
  }
#pragma GCC unroll 16
  for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
    for (int v = 0; v < NV; ++v) sum[r][v] = start[v];
  }
  if (narrow || (call.first && stage.residual == nullptr)) return;
  const std::ptrdiff_t distance = call.first ? stage.residual - stage.output : 0;
#pragma GCC unroll 16
  for (int r = 0; r < MR; ++r) {
    const float* from = call.c[r] + call.column + distance;
#pragma GCC unroll 2
    for (int v = 0; v < NV; ++v) sum[r][v] = hn::Add(sum[r][v], hn::LoadU(d, from + v * lanes));
  }
}

/// sum += column k of A times row `b` of B; returns the next row of B.
template <int MR, int NV>
HWY_INLINE const float* add_products(const float* (&a)[MR], std::int64_t k, const float* b,
                                     FloatVec (&sum)[MR][NV]) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec row[NV];
#pragma GCC unroll 2
  for (int v = 0; v < NV; ++v) row[v] = hn::Load(d, b + v * lanes);
#pragma GCC unroll 16
  for (int r = 0; r < MR; ++r) {
    const FloatVec x = hn::Set(d, a[r][k]);
#pragma GCC unroll 2
    for (int v = 0; v < NV; ++v) sum[r][v] = hn::MulAdd(x, row[v], sum[r][v]);
  }
  return b + NV * lanes;
}

template <int MR, int NV>
HWY_NOINLINE void run_tile(const TileCall& call) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec sum[MR][NV];
  start_tile(call, sum);

  const float* b = call.b;
  const float* ahead = call.ahead;
  for (std::int64_t s = 0; s < call.segments; ++s) {
    const float* a[MR];
#pragma GCC unroll 16
    for (int r = 0; r < MR; ++r) a[r] = call.a[s * MR + r] + call.offset;
    std::int64_t k = 0;
    for (; k + kDepthStep <= call.length; k += kDepthStep) {
#pragma GCC unroll 4
      for (int i = 0; i < kDepthStep; ++i) b = add_products(a, k + i, b, sum);
      if (kDepthStep > 1 && call.ahead_end - ahead >= kAheadFloats) {
        hwy::Prefetch(ahead);
        hwy::Prefetch(ahead + kAheadFloats / 2);
        ahead += kAheadFloats;
      }
    }
    if constexpr (kDepthStep > 1) {
      for (; k < call.length; ++k) b = add_products(a, k, b, sum);
    }
  }

  if (call.columns < NV * lanes) {
    HWY_ALIGN float sums[MR * NV * HWY_LANES(float)];
#pragma GCC unroll 16
    for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
      for (int v = 0; v < NV; ++v) hn::Store(sum[r][v], d, sums + (r * NV + v) * lanes);
    }
    finish_narrow_tile(call, sums, MR, NV);
    return;
  }
  if (call.last) {
    if (call.leaky) {
      const FloatVec slope = hn::Set(d, call.stage->activation.alpha);
#pragma GCC unroll 16
      for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
        for (int v = 0; v < NV; ++v) {
          const FloatVec x = sum[r][v];
          sum[r][v] = hn::IfThenElse(hn::Ge(x, hn::Zero(d)), x, hn::Mul(slope, x));
        }
      }
    }
    // NaN as the second argument is what Min and Max of x86 return.
    if (call.bounds.has_low) {
      const FloatVec low = hn::Set(d, call.bounds.low);
#pragma GCC unroll 16
      for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
        for (int v = 0; v < NV; ++v) sum[r][v] = hn::Max(low, sum[r][v]);
      }
    }
    if (call.bounds.has_high) {
      const FloatVec high = hn::Set(d, call.bounds.high);
#pragma GCC unroll 16
      for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
        for (int v = 0; v < NV; ++v) sum[r][v] = hn::Min(high, sum[r][v]);
      }
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 2
    for (int v = 0; v < NV; ++v) hn::StoreU(sum[r][v], d, call.c[r] + call.column + v * lanes);
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_GEMM_TILE_INL_H_
