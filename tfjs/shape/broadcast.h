// NumPy broadcasting.
#pragma once

#include "tfjs/core/shape.h"

namespace tfjs::shape {

/// The common shape; an unknown dimension against 1 stays unknown, against n > 1 becomes n.
/// Errors: InvalidArgument naming `what` and both shapes.
Shape broadcast(const Shape& a, const Shape& b, const char* what);

/// Row-major strides of `shape` read as `target` (which it broadcasts to): 0 along repeated axes.
std::vector<std::int64_t> broadcast_strides(const Shape& shape, const Shape& target);

}  // namespace tfjs::shape
