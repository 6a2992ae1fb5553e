// Walks the cells of a shape in row-major order run by run: a run is as many cells as have, in each
// of N arrays, elements a constant step apart. Axes that lie behind each other in every array are
// one axis here, so two equal shapes are a single run, and [n, h, w, c] with [c] is n*h*w runs.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "tfjs/kernels/reference/strided_walk.h"

namespace tfjs::kernels {

template <std::size_t N>
class StridedRuns {
 public:
  using Offsets = std::array<std::int64_t, N>;

  /// Each of `strides` has one entry per dimension of `dims`.
  StridedRuns(const std::vector<std::int64_t>& dims, const std::array<Strides, N>& strides) {
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      Offsets steps;
      for (std::size_t i = 0; i < N; ++i) steps[i] = strides[i][axis];
      add_outer_axis(dims[axis], steps);
    }
    if (axes_.empty()) axes_.push_back({1, {}});
    for (const Axis& axis : axes_) size_ *= axis.length;
  }

  struct Axis {
    std::int64_t length;
    Offsets steps;
  };
  /// The innermost first.
  const std::vector<Axis>& axes() const { return axes_; }
  std::int64_t size() const { return size_; }
  std::int64_t run_length() const { return axes_[0].length; }
  /// From one element of array i to the next along a run.
  std::int64_t step(std::size_t i) const { return axes_[0].steps[i]; }

  /// visit(cell, count, offsets) for parts of runs that cover the cells [begin, end).
  template <class Visit>
  void for_each_run(std::int64_t begin, std::int64_t end, Visit&& visit) const {
    if (begin >= end) return;
    std::vector<std::int64_t> index(axes_.size());
    Offsets offsets{};
    std::int64_t rest = begin;
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      index[a] = rest % axes_[a].length;
      rest /= axes_[a].length;
      for (std::size_t i = 0; i < N; ++i) offsets[i] += index[a] * axes_[a].steps[i];
    }
    while (true) {
      const std::int64_t count = std::min(run_length() - index[0], end - begin);
      visit(begin, count, offsets);
      begin += count;
      if (begin >= end) return;
      // The run has ended: back to its start, then on along the outer axes.
      for (std::size_t i = 0; i < N; ++i) offsets[i] -= index[0] * step(i);
      index[0] = 0;
      for (std::size_t a = 1; a < axes_.size(); ++a) {
        for (std::size_t i = 0; i < N; ++i) offsets[i] += axes_[a].steps[i];
        if (++index[a] < axes_[a].length) break;
        for (std::size_t i = 0; i < N; ++i) offsets[i] -= axes_[a].length * axes_[a].steps[i];
        index[a] = 0;
      }
    }
  }

 private:
  void add_outer_axis(std::int64_t length, const Offsets& steps) {
    if (length == 1) return;
    if (!axes_.empty()) {
      Axis& inner = axes_.back();
      bool continues = true;
      for (std::size_t i = 0; i < N; ++i) {
        continues = continues && steps[i] == inner.steps[i] * inner.length;
      }
      if (continues) {
        inner.length *= length;
        return;
      }
    }
    axes_.push_back({length, steps});
  }

  std::vector<Axis> axes_;
  std::int64_t size_ = 1;
};

}  // namespace tfjs::kernels
