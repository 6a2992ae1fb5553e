// Three passes over a row that stays in the cache: its maximum, exp(x - maximum) and their sum, the
// quotients. Nothing above 1 comes out of exp.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/softmax.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <cmath>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/math-inl.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/kernels/simd/row_math-inl.h"
#include "tfjs/ops/normalization.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

void softmax_row(const float* x, float* out, std::int64_t columns) {
  const FloatTag d;
  const FloatVec largest =
      hn::Set(d, fold_row(x, columns, Largest(), [](FloatVec v) HWY_ATTR { return v; }));
  const float sum = map_and_sum_row(
      x, out, columns, [&](FloatVec v) HWY_ATTR { return exp(FloatTag(), hn::Sub(v, largest)); });
  const FloatVec factor = hn::Set(d, 1.0f / sum);
  map_row(out, out, columns, [&](FloatVec v) HWY_ATTR { return hn::Mul(v, factor); });
}

void log_softmax_row(const float* x, float* out, std::int64_t columns) {
  const FloatTag d;
  const FloatVec largest =
      hn::Set(d, fold_row(x, columns, Largest(), [](FloatVec v) HWY_ATTR { return v; }));
  const float sum = fold_row(
      x, columns, Sum(), [&](FloatVec v) HWY_ATTR { return exp(FloatTag(), hn::Sub(v, largest)); });
  const FloatVec log_sum = hn::Set(d, std::log(sum));
  map_row(x, out, columns,
          [&](FloatVec v) HWY_ATTR { return hn::Sub(hn::Sub(v, largest), log_sum); });
}

void softmax_rows_target(const float* x, float* out, std::int64_t rows, std::int64_t columns,
                         bool log) {
  for (std::int64_t row = 0; row < rows; ++row, x += columns, out += columns) {
    log ? log_softmax_row(x, out, columns) : softmax_row(x, out, columns);
  }
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
HWY_EXPORT(softmax_rows_target);

std::unique_ptr<runtime::Kernel> make_Softmax_simd(const runtime::KernelSetup& setup) {
  const bool log = setup.options<ops::SoftmaxOptions>().log;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t rows = shape.sub(0, shape.rank() - 1).size();
  const std::int64_t columns = shape[-1];
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        run.parallel.for_range(rows, items_per_piece(kCostlyElementsPerPiece, columns),
                               [&](std::int64_t begin, std::int64_t end, int) {
                                 HWY_DYNAMIC_DISPATCH(softmax_rows_target)
                                 (run.input<float>(0) + begin * columns,
                                  run.output<float>(0) + begin * columns, end - begin, columns,
                                  log);
                               });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
#endif
