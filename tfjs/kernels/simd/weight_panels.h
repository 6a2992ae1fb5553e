// The B side of a matrix product: weights packed once when they are constant, into scratch at each
// run when not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tfjs/core/tensor.h"
#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/runtime/parallel.h"

namespace tfjs::kernels {

/// Rows [at_row, at_row + rows) of B as they lie in the weights: element (i, j) at offset + i *
/// row_stride + j * column_stride, in floats.
struct WeightBand {
  std::int64_t offset;
  std::int64_t at_row;
  std::int64_t rows;
  std::int64_t row_stride;
  std::int64_t column_stride;
};

class WeightPanels {
 public:
  /// The bands cover B [depth, columns]. `constant` is the weights, or empty.
  WeightPanels(std::vector<WeightBand> bands, std::int64_t depth, std::int64_t columns,
               const Tensor& constant);

  bool is_packed() const { return packed_ != nullptr; }
  /// Scratch of get(): 0 when packed already.
  std::size_t scratch_bytes() const;
  /// The packed matrix. `weights` is not read when packed already.
  const float* get(const float* weights, runtime::Parallel& parallel, std::byte* scratch) const;

 private:
  void pack(const float* weights, std::int64_t begin, std::int64_t end, float* packed) const;

  std::vector<WeightBand> bands_;
  std::int64_t depth_;
  std::int64_t columns_;
  AlignedFloats packed_;
};

}  // namespace tfjs::kernels
