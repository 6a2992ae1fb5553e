// A few rows of B at a time are multiplied into the sums of all columns, which stay in the
// first-level cache while B streams by. Holding sums of some columns in registers and going down B
// instead reads memory in strides: 3 to 5 times slower once B is larger than the caches (measured:
// 4096 x 4096, 25088 x 1024). Threads take parts of the depth and their sums are added at the end.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/skinny.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>

#include "tfjs/kernels/simd/lanes-inl.h"
#include "tfjs/kernels/simd/skinny.h"
#include "tfjs/kernels/simd/unary_math.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// Rows of B taken at once: as many as leave registers for their factors.
template <int MR>
constexpr int rows_at_once() {
#if HWY_TARGET == HWY_AVX3
  return MR <= 3 ? 8 : 4;
#else
  return MR == 1 ? 8 : MR <= 3 ? 4 : 2;
#endif
}

/// sums [MR, columns] (+)= a [MR, KU] * b [KU, columns]
template <int MR, int KU>
HWY_INLINE void add_rows(const float* a, std::int64_t a_stride, const float* b,
                         std::int64_t columns, float* sums, bool first) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  FloatVec factor[MR][KU];
#pragma GCC unroll 8
  for (int r = 0; r < MR; ++r) {
#pragma GCC unroll 8
    for (int u = 0; u < KU; ++u) factor[r][u] = hn::Set(d, a[r * a_stride + u]);
  }
  std::int64_t j = 0;
  for (; j + lanes <= columns; j += lanes) {
    FloatVec sum[MR];
#pragma GCC unroll 8
    for (int r = 0; r < MR; ++r) {
      sum[r] = first ? hn::Zero(d) : hn::LoadU(d, sums + r * columns + j);
    }
#pragma GCC unroll 8
    for (int u = 0; u < KU; ++u) {
      const FloatVec x = hn::LoadU(d, b + u * columns + j);
#pragma GCC unroll 8
      for (int r = 0; r < MR; ++r) sum[r] = hn::MulAdd(factor[r][u], x, sum[r]);
    }
#pragma GCC unroll 8
    for (int r = 0; r < MR; ++r) hn::StoreU(sum[r], d, sums + r * columns + j);
  }
  if (j == columns) return;
  const std::size_t rest = static_cast<std::size_t>(columns - j);
  for (int r = 0; r < MR; ++r) {
    float* to = sums + r * columns + j;
    FloatVec sum = first ? hn::Zero(d) : load_part(d, to, rest);
#pragma GCC unroll 8
    for (int u = 0; u < KU; ++u) {
      sum = hn::MulAdd(factor[r][u], load_part(d, b + u * columns + j, rest), sum);
    }
    store_part(sum, d, to, rest);
  }
}

template <int MR>
HWY_NOINLINE void multiply(const float* a, std::int64_t a_stride, const float* b,
                           std::int64_t depth, std::int64_t columns, float* sums) {
  constexpr int kRows = rows_at_once<MR>();
  std::int64_t k = 0;
  for (; k + kRows <= depth; k += kRows) {
    add_rows<MR, kRows>(a + k, a_stride, b + k * columns, columns, sums, k == 0);
  }
  for (; k < depth; ++k) add_rows<MR, 1>(a + k, a_stride, b + k * columns, columns, sums, k == 0);
}

/// sums [rows, columns] = a [rows, depth] * b [depth, columns]; depth is at least 1.
void multiply_target(std::int64_t rows, const float* a, std::int64_t a_stride, const float* b,
                     std::int64_t depth, std::int64_t columns, float* sums) {
  switch (rows) {
    case 1:
      return multiply<1>(a, a_stride, b, depth, columns, sums);
    case 2:
      return multiply<2>(a, a_stride, b, depth, columns, sums);
    case 3:
      return multiply<3>(a, a_stride, b, depth, columns, sums);
    case 4:
      return multiply<4>(a, a_stride, b, depth, columns, sums);
    default:
      return multiply<5>(a, a_stride, b, depth, columns, sums);
  }
}

/// to[i] += from[i]
void add_target(const float* from, float* to, std::int64_t count) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(hn::Add(hn::LoadU(d, to + i), hn::LoadU(d, from + i)), d, to + i);
  }
  for (; i < count; ++i) to[i] += from[i];
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
namespace {

HWY_EXPORT(multiply_target);
HWY_EXPORT(add_target);

constexpr std::int64_t kBytesPerPart = 512 << 10;  // of B: 6 us from cache, 25 us from memory

std::int64_t part_count(const SkinnyShape& shape, int threads) {
  const std::int64_t bytes = shape.depth * shape.columns * 4;
  return std::clamp<std::int64_t>(bytes / kBytesPerPart, 1,
                                  std::min<std::int64_t>(threads, shape.depth));
}

}  // namespace

std::size_t skinny_scratch_bytes(const SkinnyShape& shape, int threads) {
  if (shape.depth == 0) return 0;
  // The first part's sums go straight to the output.
  const std::int64_t others = part_count(shape, threads) - 1;
  return static_cast<std::size_t>(others * shape.rows * shape.columns) * sizeof(float);
}

void run_skinny(const SkinnyShape& shape, const float* a, const float* b, float* c,
                const OutputStage& stage, runtime::Parallel& parallel, std::byte* scratch) {
  const std::int64_t count = shape.rows * shape.columns;
  if (count == 0) return;
  if (shape.depth == 0) {
    std::fill_n(c, count, 0.0f);
  } else {
    const std::int64_t parts = part_count(shape, parallel.threads());
    float* sums = reinterpret_cast<float*>(scratch);
    const auto multiply_parts = [&](std::int64_t begin, std::int64_t end, int) {
      for (std::int64_t part = begin; part < end; ++part) {
        const std::int64_t k = part * shape.depth / parts;
        const std::int64_t depth = (part + 1) * shape.depth / parts - k;
        HWY_DYNAMIC_DISPATCH(multiply_target)
        (shape.rows, a + k, shape.depth, b + k * shape.columns, depth, shape.columns,
         part == 0 ? c : sums + (part - 1) * count);
      }
    };
    parallel.for_range(parts, 1, multiply_parts);
    for (std::int64_t part = 1; part < parts; ++part) {
      HWY_DYNAMIC_DISPATCH(add_target)(sums + (part - 1) * count, c, count);
    }
  }
  if (stage.bias != nullptr) {
    for (std::int64_t row = 0; row < shape.rows; ++row) {
      HWY_DYNAMIC_DISPATCH(add_target)(stage.bias, c + row * shape.columns, shape.columns);
    }
  }
  if (stage.residual != nullptr) HWY_DYNAMIC_DISPATCH(add_target)(stage.residual, c, count);
  if (stage.activation.kind != ops::UnaryKind::Linear) map_unary(stage.activation, c, c, count);
}

}  // namespace tfjs::kernels
#endif
