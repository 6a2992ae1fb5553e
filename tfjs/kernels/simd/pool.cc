// Some vectors of channels of one output cell at a time: the cells of its window are read once, the
// results stay in registers. Windows are cut at the borders, so padding is never looked at.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/pool.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <array>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/pool_row.h"
#include "tfjs/kernels/simd/row_math-inl.h"
#include "tfjs/ops/pool.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// NV vectors of channels from `c` on, the last of `last` channels, of the cell whose window covers
/// `width`. `factor` multiplies the result.
template <int NV, class Combine>
HWY_INLINE void pool_vectors(const PoolRow& row, WindowRange width, std::int64_t c, float* out,
                             std::size_t last, float factor, Combine combine) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec result[NV];
#pragma GCC unroll 4
  for (int v = 0; v < NV; ++v) result[v] = hn::Set(d, Combine::kNeutral);
  for (std::int64_t i = 0; i < row.depth; ++i) {
    for (std::int64_t j = 0; j < row.height; ++j) {
      const float* line = row.x + i * row.plane + j * row.line + c;
      for (std::int64_t k = width.begin; k < width.end; ++k) {
        const float* cell = line + k * row.channels;
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) {
          const bool is_part = v == NV - 1 && last < lanes;
          const FloatVec values =
              is_part ? load_part(d, cell + v * lanes, last) : hn::LoadU(d, cell + v * lanes);
          result[v] = combine(result[v], values);
        }
      }
    }
  }
#pragma GCC unroll 4
  for (int v = 0; v < NV; ++v) {
    const FloatVec scaled = hn::Mul(result[v], hn::Set(d, factor));
    if (v == NV - 1 && last < lanes) {
      store_part(scaled, d, out + c + v * lanes, last);
    } else {
      hn::StoreU(scaled, d, out + c + v * lanes);
    }
  }
}

template <class Combine>
void pool_cell(const PoolRow& row, WindowRange width, float* out, float factor, Combine combine) {
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  const std::size_t all = hn::Lanes(FloatTag());
  std::int64_t c = 0;
  for (; c + 4 * lanes <= row.channels; c += 4 * lanes) {
    pool_vectors<4>(row, width, c, out, all, factor, combine);
  }
  for (; c + 2 * lanes <= row.channels; c += 2 * lanes) {
    pool_vectors<2>(row, width, c, out, all, factor, combine);
  }
  for (; c < row.channels; c += lanes) {
    const std::int64_t count = std::min(lanes, row.channels - c);
    pool_vectors<1>(row, width, c, out, static_cast<std::size_t>(count), factor, combine);
  }
}

void pool_row_target(bool max, const PoolRow& row) {
  float* out = row.out;
  for (std::int64_t i = 0; i < row.width.output; ++i, out += row.channels) {
    const WindowRange width = window_range(row.width, i);
    if (max) {
      pool_cell(row, width, out, 1.0f, Largest());
    } else {
      const std::int64_t cells = row.depth * row.height * (width.end - width.begin);
      pool_cell(row, width, out, 1.0f / static_cast<float>(cells), Sum());
    }
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
namespace {

HWY_EXPORT(pool_row_target);

struct Pooling {
  bool max;
  std::array<shape::ConvAxis, 3> axes;
  std::int64_t batch;
  std::int64_t channels;

  std::int64_t rows() const { return batch * axes[0].output * axes[1].output; }

  void run_row(std::int64_t row, const float* x, float* out) const {
    const std::int64_t line = axes[2].input * channels;
    const std::int64_t plane = axes[1].input * line;
    const std::int64_t volume = row / axes[1].output;
    const WindowRange height = window_range(axes[1], row % axes[1].output);
    const WindowRange depth = window_range(axes[0], volume % axes[0].output);
    const std::int64_t first_plane = volume / axes[0].output * axes[0].input + depth.begin;
    HWY_DYNAMIC_DISPATCH(pool_row_target)
    (max,
     {x + first_plane * plane + height.begin * line, depth.end - depth.begin, plane,
      height.end - height.begin, line, axes[2], channels, out + row * axes[2].output * channels});
  }
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Pool_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::PoolOptions>();
  const Shape& shape = setup.inputs[0].shape;
  Pooling pooling{options.kind == ops::PoolKind::Max, {}, shape[0], shape[-1]};
  const std::size_t missing = 3 - options.axes.size();
  std::int64_t window_cells = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i < missing) {
      pooling.axes[i].input = 1;
      pooling.axes[i].output = 1;
    } else {
      pooling.axes[i] = options.axes[i - missing];
    }
    window_cells *= std::min(pooling.axes[i].kernel, pooling.axes[i].input);
  }
  const std::int64_t row_elements = pooling.axes[2].output * pooling.channels * window_cells;
  return function_kernel([pooling, row_elements](const runtime::KernelRun& run) {
    run.parallel.for_range(pooling.rows(), items_per_piece(kCheapElementsPerPiece, row_elements),
                           [&](std::int64_t begin, std::int64_t end, int) {
                             for (std::int64_t row = begin; row < end; ++row) {
                               pooling.run_row(row, run.input<float>(0), run.output<float>(0));
                             }
                           });
  });
}

}  // namespace tfjs::kernels
#endif
