#include "tfjs/shape/broadcast.h"

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::shape {
namespace {

/// The dimension `from_end` places before the end; 1 beyond the front.
std::int64_t dim_from_end(const Shape& shape, int from_end) {
  return from_end < shape.rank() ? shape.dims()[shape.rank() - 1 - from_end] : 1;
}

}  // namespace

Shape broadcast(const Shape& a, const Shape& b, const char* what) {
  const int rank = std::max(a.rank(), b.rank());
  std::vector<std::int64_t> dims(rank);
  for (int i = 0; i < rank; ++i) {
    const std::int64_t x = dim_from_end(a, i);
    const std::int64_t y = dim_from_end(b, i);
    std::int64_t& out = dims[rank - 1 - i];
    if (x == y || y == 1) {
      out = x;
    } else if (x == 1 || x == kUnknown) {
      out = y;
    } else if (y == kUnknown) {
      out = x;
    } else {
      throw invalid_argument(what, ": shapes ", a, " and ", b, " do not broadcast");
    }
  }
  return Shape(std::move(dims));
}

std::vector<std::int64_t> broadcast_strides(const Shape& shape, const Shape& target) {
  if (shape.rank() > target.rank()) {
    throw invalid_argument("broadcast: shape ", shape, " does not broadcast to ", target);
  }
  std::vector<std::int64_t> strides(target.rank(), 0);
  std::int64_t stride = 1;
  for (int i = 0; i < shape.rank(); ++i) {
    const std::int64_t dim = dim_from_end(shape, i);
    if (dim != 1 && dim != dim_from_end(target, i)) {
      throw invalid_argument("broadcast: shape ", shape, " does not broadcast to ", target);
    }
    if (dim != 1) strides[target.rank() - 1 - i] = stride;
    stride *= dim;
  }
  return strides;
}

}  // namespace tfjs::shape
