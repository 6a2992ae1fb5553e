// Max and average pooling over images and volumes.
#pragma once

#include "tfjs/core/evaluator.h"
#include "tfjs/shape/conv.h"

namespace tfjs::ops {

enum class PoolKind { Max, Average };

/// One axis per spatial dimension, 2 or 3 of them. Cells of padding count neither for the maximum
/// nor in the mean.
struct PoolOptions {
  PoolKind kind = PoolKind::Max;
  std::vector<shape::ConvAxis> axes;
};

extern const Op kPool;

struct PoolArguments {
  std::vector<std::int64_t> size;     ///< one entry per spatial dimension
  std::vector<std::int64_t> strides;  ///< empty: size
  shape::Padding padding = shape::Padding::Valid;
};

/// Shapes    x [N, H, W, C] with two sizes, [N, D, H, W, C] with three; result the same rank
Tensor pool(PoolKind kind, const Tensor& x, const PoolArguments& arguments);

}  // namespace tfjs::ops
