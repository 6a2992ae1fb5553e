// Runs that lie behind each other in the input are copied whole. Where they do not, but those of
// another axis do (a transpose), the two axes are walked in square blocks, so that every cache line
// of either side is used up while it is there.
#include "tfjs/kernels/simd/copy_runs.h"

#include <algorithm>
#include <cstring>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/copied_element.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/strided_runs.h"

namespace tfjs::kernels {
namespace {

constexpr std::int64_t kBlock = 16;  // a cache line of floats

template <class T>
void copy_run(const T* from, std::int64_t step, std::int64_t count, T* to) {
  if (step == 1) {
    std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
  } else if (step == 0) {
    std::fill_n(to, count, *from);
  } else {
    for (std::int64_t i = 0; i < count; ++i) to[i] = from[i * step];
  }
}

template <class T>
std::unique_ptr<runtime::Kernel> make_runs(const StridedRuns<1>& runs, std::int64_t start) {
  return function_kernel([runs, start](const runtime::KernelRun& run) {
    const T* x = run.input<T>(0) + start;
    T* out = run.output<T>(0);
    run.parallel.for_range(
        runs.size(), kCheapElementsPerPiece, [&](std::int64_t begin, std::int64_t end, int) {
          runs.for_each_run(begin, end, [&](std::int64_t cell, std::int64_t n, const auto& at) {
            copy_run(x + at[0], runs.step(0), n, out + cell);
          });
        });
  });
}

/// The axes of a transpose of many matrices: out[line * line_stride + i] = in[i * step + line].
struct TransposedMatrices {
  std::int64_t lines;        ///< of the output; next to each other in the input
  std::int64_t line_stride;  ///< in the output
  std::int64_t length;       ///< of a line
  std::int64_t step;         ///< in the input
  StridedRuns<2> places;     ///< of each matrix: in the input and in the output

  template <class T>
  void transpose(const T* from, T* to, std::int64_t first, std::int64_t last) const {
    for (std::int64_t i = 0; i < length; i += kBlock) {
      const std::int64_t end = std::min(length, i + kBlock);
      for (std::int64_t line = first; line < last; ++line) {
        for (std::int64_t j = i; j < end; ++j) to[line * line_stride + j] = from[j * step + line];
      }
    }
  }
};

template <class T>
std::unique_ptr<runtime::Kernel> make_transposes(const TransposedMatrices& matrices,
                                                 std::int64_t start) {
  const std::int64_t blocks = (matrices.lines + kBlock - 1) / kBlock;
  return function_kernel([matrices, blocks, start](const runtime::KernelRun& run) {
    const T* x = run.input<T>(0) + start;
    T* out = run.output<T>(0);
    const std::int64_t grain = items_per_piece(kCheapElementsPerPiece, kBlock * matrices.length);
    run.parallel.for_range(
        matrices.places.size() * blocks, grain, [&](std::int64_t begin, std::int64_t end, int) {
          for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t place = i / blocks;
            const std::int64_t first = i % blocks * kBlock;
            matrices.places.for_each_run(
                place, place + 1, [&](std::int64_t, std::int64_t, const auto& at) {
                  matrices.transpose(x + at[0], out + at[1], first,
                                     std::min(matrices.lines, first + kBlock));
                });
          }
        });
  });
}

/// The axis, not the innermost, whose elements lie behind each other in the input; 0 if none does.
std::size_t line_axis(const StridedRuns<1>& runs) {
  for (std::size_t axis = 1; axis < runs.axes().size(); ++axis) {
    if (runs.axes()[axis].steps[0] == 1) return axis;
  }
  return 0;
}

TransposedMatrices transposed_matrices(const StridedRuns<1>& runs, std::size_t line_axis) {
  std::vector<std::int64_t> dims;
  Strides in, out;
  std::int64_t out_stride = 1;
  std::int64_t line_stride = 0;
  for (std::size_t axis = 0; axis < runs.axes().size(); ++axis) {
    const auto& [length, steps] = runs.axes()[axis];
    if (axis == line_axis) {
      line_stride = out_stride;
    } else if (axis > 0) {
      dims.insert(dims.begin(), length);
      in.insert(in.begin(), steps[0]);
      out.insert(out.begin(), out_stride);
    }
    out_stride *= length;
  }
  return {runs.axes()[line_axis].length, line_stride, runs.run_length(), runs.step(0),
          StridedRuns<2>(dims, {in, out})};
}

}  // namespace

std::unique_ptr<runtime::Kernel> copy_runs_kernel(DType dtype,
                                                  const std::vector<std::int64_t>& dims,
                                                  std::int64_t start, const Strides& strides) {
  const StridedRuns<1> runs(dims, {strides});
  const std::size_t axis = runs.step(0) == 1 || runs.size() == 0 ? 0 : line_axis(runs);
  return visit_copied_element(dtype, [&](auto element) -> std::unique_ptr<runtime::Kernel> {
    using T = decltype(element);
    if (axis == 0) return make_runs<T>(runs, start);
    return make_transposes<T>(transposed_matrices(runs, axis), start);
  });
}

}  // namespace tfjs::kernels
