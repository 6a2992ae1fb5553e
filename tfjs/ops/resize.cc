#include "tfjs/ops/resize.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"

namespace tfjs::ops {

const Op kResize{"Resize", {"ResizeBilinear", "ResizeNearestNeighbor"}};

Tensor resize(const Tensor& x, std::int64_t height, std::int64_t width,
              const ResizeOptions& options) {
  const char* what = "resize";
  internal::require_rank(x, 4, what, "x");
  if (height < 1 || width < 1) {
    throw invalid_argument(what, ": height and width must be at least 1, got ", height, " and ",
                           width);
  }
  if (x.shape()[1] < 1 || x.shape()[2] < 1) {
    throw invalid_argument(what, ": x must have pixels, got ", x.shape());
  }
  if (options.align_corners && options.half_pixel_centers) {
    throw invalid_argument(what, ": align_corners and half_pixel_centers exclude each other");
  }
  TensorSpec output =
      internal::checked_spec(DType::Float32, {x.shape()[0], height, width, x.shape()[3]}, what);
  return evaluate_op(kResize, options, {internal::as_float(x, what, "x")}, std::move(output));
}

}  // namespace tfjs::ops
