// Over trailing axes, that is over whole rows: a row's mean, then its variance around that mean,
// then the result, while the row is in the cache.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/layer_norm.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <cmath>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/row_math-inl.h"
#include "tfjs/ops/normalization.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// `gamma` and `beta` are both null or [columns].
void layer_norm_rows_target(const float* x, const float* gamma, const float* beta, float* out,
                            std::int64_t rows, std::int64_t columns, float epsilon) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const float count = static_cast<float>(columns);
  for (std::int64_t row = 0; row < rows; ++row, x += columns, out += columns) {
    const FloatVec mean =
        hn::Set(d, fold_row(x, columns, Sum(), [](FloatVec v) HWY_ATTR { return v; }) / count);
    const float squares = fold_row(x, columns, Sum(), [&](FloatVec v) HWY_ATTR {
      const FloatVec difference = hn::Sub(v, mean);
      return hn::Mul(difference, difference);
    });
    const FloatVec scale = hn::Set(d, 1.0f / std::sqrt(squares / count + epsilon));
    if (gamma == nullptr) {
      map_row(x, out, columns,
              [&](FloatVec v) HWY_ATTR { return hn::Mul(hn::Sub(v, mean), scale); });
      continue;
    }
    std::int64_t i = 0;
    for (; i + lanes <= columns; i += lanes) {
      const FloatVec v = hn::Mul(hn::Sub(hn::LoadU(d, x + i), mean), scale);
      hn::StoreU(hn::MulAdd(v, hn::LoadU(d, gamma + i), hn::LoadU(d, beta + i)), d, out + i);
    }
    if (i < columns) {
      const std::size_t rest = static_cast<std::size_t>(columns - i);
      const FloatVec v = hn::Mul(hn::Sub(load_part(d, x + i, rest), mean), scale);
      store_part(hn::MulAdd(v, load_part(d, gamma + i, rest), load_part(d, beta + i, rest)), d,
                 out + i, rest);
    }
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(layer_norm_rows_target);

std::unique_ptr<runtime::Kernel> make_LayerNorm_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::LayerNormOptions>();
  const Shape& shape = setup.inputs[0].shape;
  const int first = shape.rank() - static_cast<int>(options.axes.size());
  // Ascending axes are the trailing ones when the first of them is.
  if (options.axes.empty() || options.axes[0] != first) return nullptr;
  const std::int64_t rows = shape.sub(0, first).size();
  const std::int64_t columns = shape.sub(first).size();
  const float epsilon = options.epsilon;
  const bool has_parameters = setup.inputs.size() == 3;
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        const float* gamma = has_parameters ? run.input<float>(1) : nullptr;
        const float* beta = has_parameters ? run.input<float>(2) : nullptr;
        run.parallel.for_range(rows, items_per_piece(kCostlyElementsPerPiece, columns),
                               [&](std::int64_t begin, std::int64_t end, int) {
                                 HWY_DYNAMIC_DISPATCH(layer_norm_rows_target)
                                 (run.input<float>(0) + begin * columns, gamma, beta,
                                  run.output<float>(0) + begin * columns, end - begin, columns,
                                  epsilon);
                               });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
#endif
