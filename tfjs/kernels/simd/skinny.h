// Matrix products with few rows: a batch of one through a dense layer. Each weight is used so few
// times that reading it is what takes the time, so B is read where it lies, row after row, and
// never packed: no second copy of the weights.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tfjs/kernels/simd/gemm.h"

namespace tfjs::kernels {

/// With more rows packing pays.
inline constexpr std::int64_t kMostSkinnyRows = 5;

/// c [rows, columns] = stage(a [rows, depth] * b [depth, columns]), all dense and row-major.
struct SkinnyShape {
  std::int64_t rows;  ///< at most kMostSkinnyRows
  std::int64_t depth;
  std::int64_t columns;
};

std::size_t skinny_scratch_bytes(const SkinnyShape& shape, int threads);

void run_skinny(const SkinnyShape& shape, const float* a, const float* b, float* c,
                const OutputStage& stage, runtime::Parallel& parallel, std::byte* scratch);

}  // namespace tfjs::kernels
