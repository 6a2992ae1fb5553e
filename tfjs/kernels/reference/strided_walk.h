// Walks the cells of a shape in row-major order while it keeps, for each of N arrays, the offset of
// the array's element at that cell. Strides say what an array is: 0 along an axis it repeats,
// permuted for a transpose.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tfjs/core/shape.h"

namespace tfjs::kernels {

using Strides = std::vector<std::int64_t>;

/// Of a dense array of this shape.
inline Strides row_major_strides(const Shape& shape) {
  Strides strides(shape.rank());
  std::int64_t stride = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

template <std::size_t N>
class StridedWalk {
 public:
  /// Each of `strides` has one entry per dimension of `dims`.
  StridedWalk(std::vector<std::int64_t> dims, std::array<Strides, N> strides)
      : dims_(std::move(dims)), strides_(std::move(strides)), size_(Shape(dims_).size()) {}

  /// Calls visit(offsets) per cell, in row-major order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    std::vector<std::int64_t> index(dims_.size(), 0);
    std::array<std::int64_t, N> offsets{};
    for (std::int64_t cell = 0; cell < size_; ++cell) {
      visit(offsets);
      advance(index, offsets);
    }
  }

 private:
  void advance(std::vector<std::int64_t>& index, std::array<std::int64_t, N>& offsets) const {
    for (std::size_t axis = dims_.size(); axis-- > 0;) {
      for (std::size_t i = 0; i < N; ++i) offsets[i] += strides_[i][axis];
      if (++index[axis] < dims_[axis]) return;
      for (std::size_t i = 0; i < N; ++i) offsets[i] -= strides_[i][axis] * dims_[axis];
      index[axis] = 0;
    }
  }

  std::vector<std::int64_t> dims_;
  std::array<Strides, N> strides_;
  std::int64_t size_;
};

}  // namespace tfjs::kernels
