// Axes reduced together lie behind each other: x is [outer, reduced, inner], where one row is
// folded (inner is 1: trailing axes) or rows are folded onto each other (pooling of whole images,
// sums over a batch). Other reductions of several axes are left to the reference kernel.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/reduce.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <optional>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/row_math-inl.h"
#include "tfjs/ops/reduce.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// Long sums in float lose digits: rows of so many are summed apart.
inline constexpr std::int64_t kRowsPerSum = 512;

/// NV vectors of columns, the last of `last` columns; from row to row are `stride` floats.
template <int NV, class Combine>
HWY_INLINE void fold_columns(const float* x, std::int64_t rows, std::int64_t stride, float* out,
                             std::size_t last, float factor, Combine combine) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec result[NV];
#pragma GCC unroll 4
  for (int v = 0; v < NV; ++v) result[v] = hn::Set(d, Combine::kNeutral);
  for (std::int64_t first = 0; first < rows; first += kRowsPerSum) {
    FloatVec part[NV];
#pragma GCC unroll 4
    for (int v = 0; v < NV; ++v) part[v] = hn::Set(d, Combine::kNeutral);
    const std::int64_t end = std::min(rows, first + kRowsPerSum);
    for (std::int64_t row = first; row < end; ++row, x += stride) {
#pragma GCC unroll 4
      for (int v = 0; v < NV; ++v) {
        const bool is_part = v == NV - 1 && last < lanes;
        const FloatVec values =
            is_part ? load_part(d, x + v * lanes, last) : hn::LoadU(d, x + v * lanes);
        part[v] = combine(part[v], values);
      }
    }
#pragma GCC unroll 4
    for (int v = 0; v < NV; ++v) result[v] = combine(result[v], part[v]);
  }
#pragma GCC unroll 4
  for (int v = 0; v < NV; ++v) {
    const FloatVec scaled = hn::Mul(result[v], hn::Set(d, factor));
    if (v == NV - 1 && last < lanes) {
      store_part(scaled, d, out + v * lanes, last);
    } else {
      hn::StoreU(scaled, d, out + v * lanes);
    }
  }
}

template <class Combine>
void fold_matrix(const float* x, std::int64_t rows, std::int64_t stride, std::int64_t columns,
                 float* out, float factor, Combine combine) {
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  if (stride == 1) {
    float result = Combine::kNeutral;
    const std::int64_t step = kRowsPerSum * lanes;
    for (std::int64_t first = 0; first < rows; first += step) {
      result = combine(result, fold_row(x + first, std::min(step, rows - first), combine,
                                        [](FloatVec v) HWY_ATTR { return v; }));
    }
    *out = result * factor;
    return;
  }
  std::int64_t c = 0;
  for (; c + 4 * lanes <= columns; c += 4 * lanes) {
    fold_columns<4>(x + c, rows, stride, out + c, static_cast<std::size_t>(lanes), factor, combine);
  }
  for (; c < columns; c += lanes) {
    const std::int64_t count = std::min(lanes, columns - c);
    fold_columns<1>(x + c, rows, stride, out + c, static_cast<std::size_t>(count), factor, combine);
  }
}

/// out [columns] from x [rows, stride], of which `columns` are looked at.
void fold_matrix_target(ops::ReduceKind kind, const float* x, std::int64_t rows,
                        std::int64_t stride, std::int64_t columns, float* out) {
  switch (kind) {
    case ops::ReduceKind::Max:
      return fold_matrix(x, rows, stride, columns, out, 1.0f, Largest());
    case ops::ReduceKind::Min:
      return fold_matrix(x, rows, stride, columns, out, 1.0f, Smallest());
    case ops::ReduceKind::Prod:
      return fold_matrix(x, rows, stride, columns, out, 1.0f, Product());
    case ops::ReduceKind::Mean:
      return fold_matrix(x, rows, stride, columns, out, 1.0f / static_cast<float>(rows), Sum());
    default:
      return fold_matrix(x, rows, stride, columns, out, 1.0f, Sum());
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
namespace {

HWY_EXPORT(fold_matrix_target);

struct Matrices {
  std::int64_t outer = 1;
  std::int64_t reduced = 1;
  std::int64_t inner = 1;
};

/// Nothing when a kept axis of more than one cell lies between reduced ones.
std::optional<Matrices> matrices_of(const Shape& shape, const std::vector<int>& axes) {
  Matrices m;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool is_reduced = std::find(axes.begin(), axes.end(), axis) != axes.end();
    if (!is_reduced) {
      m.inner *= shape[axis];
      continue;
    }
    if (m.reduced == 1) {
      m.outer *= m.inner;
      m.inner = 1;
    } else if (m.inner != 1 && shape[axis] != 1) {
      return std::nullopt;
    }
    m.reduced *= shape[axis];
  }
  return m;
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Reduce_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::ReduceOptions>();
  if (setup.inputs[0].dtype != DType::Float32) return nullptr;
  const std::optional<Matrices> found = matrices_of(setup.inputs[0].shape, options.axes);
  if (!found) return nullptr;
  const Matrices m = *found;
  const ops::ReduceKind kind = options.kind;
  // Threads share the outer cells and, where there are few of them, the columns.
  const std::int64_t groups =
      m.outer >= setup.threads ? 1 : std::clamp<std::int64_t>(m.inner / 64, 1, setup.threads);
  return function_kernel([=](const runtime::KernelRun& run) {
    run.parallel.for_range(
        m.outer * groups, items_per_piece(kCheapElementsPerPiece, m.reduced * m.inner / groups),
        [&](std::int64_t begin, std::int64_t end, int) {
          for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t matrix = i / groups;
            const std::int64_t first = i % groups * m.inner / groups;
            const std::int64_t columns = (i % groups + 1) * m.inner / groups - first;
            HWY_DYNAMIC_DISPATCH(fold_matrix_target)
            (kind, run.input<float>(0) + matrix * m.reduced * m.inner + first, m.reduced, m.inner,
             columns, run.output<float>(0) + matrix * m.inner + first);
          }
        });
  });
}

}  // namespace tfjs::kernels
#endif
