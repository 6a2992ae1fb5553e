// Splits a shape into kept axes and the axes a reduction runs over.
#pragma once

#include <vector>

#include "tfjs/kernels/reference/strided_walk.h"

namespace tfjs::kernels {

struct AxisSplit {
  StridedWalk<1> kept;     ///< offset of the first element of each group
  StridedWalk<1> reduced;  ///< offsets within a group
  std::int64_t group_size;
};

/// `axes`: those to reduce, ascending and non-negative.
inline AxisSplit split_axes(const Shape& shape, const std::vector<int>& axes) {
  const Strides strides = row_major_strides(shape);
  std::vector<std::int64_t> kept_dims, reduced_dims;
  Strides kept_strides, reduced_strides;
  auto next = axes.begin();
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool is_reduced = next != axes.end() && *next == axis;
    if (is_reduced) ++next;
    (is_reduced ? reduced_dims : kept_dims).push_back(shape[axis]);
    (is_reduced ? reduced_strides : kept_strides).push_back(strides[axis]);
  }
  const std::int64_t group_size = Shape(reduced_dims).size();
  return {StridedWalk<1>(std::move(kept_dims), {std::move(kept_strides)}),
          StridedWalk<1>(std::move(reduced_dims), {std::move(reduced_strides)}), group_size};
}

}  // namespace tfjs::kernels
