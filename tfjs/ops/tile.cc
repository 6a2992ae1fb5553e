#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::ops {

const Op kTile{"Tile", {"Tile", "BroadcastTo"}};

Tensor tile(const Tensor& x, const std::vector<std::int64_t>& repeats) {
  const char* what = "tile";
  internal::require_given(x, what, "x");
  if (repeats.size() != static_cast<std::size_t>(x.rank())) {
    throw invalid_argument(what, ": repeats must be ", x.rank(), " numbers for ", x.shape(),
                           ", got ", repeats);
  }
  std::vector<std::int64_t> dims = x.shape().dims();
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const auto dim = checked_multiply(dims[i], repeats[i]);
    if (repeats[i] < 0 || !dim) {
      throw invalid_argument(what, ": cannot repeat ", x.shape(), " by ", repeats);
    }
    dims[i] = *dim;
  }
  Shape shape(std::move(dims));
  if (shape == x.shape()) return x;
  TensorSpec output = internal::checked_spec(x.dtype(), std::move(shape), what);
  return evaluate_op(kTile, TileOptions{repeats}, {x}, std::move(output));
}

Tensor broadcast_to(const Tensor& x, const Shape& shape) {
  const char* what = "broadcast_to";
  internal::require_given(x, what, "x");
  if (!shape.is_known() || shape::broadcast(x.shape(), shape, what) != shape) {
    throw invalid_argument(what, ": ", x.shape(), " does not broadcast to ", shape);
  }
  const int added = shape.rank() - x.rank();
  std::vector<std::int64_t> dims(added, 1);
  std::vector<std::int64_t> repeats = shape.sub(0, added).dims();
  for (int axis = 0; axis < x.rank(); ++axis) {
    const std::int64_t dim = x.shape()[axis];
    dims.push_back(dim);
    repeats.push_back(dim == shape[added + axis] ? 1 : shape[added + axis]);
  }
  return tile(reshape(x, Shape(std::move(dims))), repeats);
}

}  // namespace tfjs::ops
