// Matrix products.
#pragma once

#include "tfjs/ops/epilogue.h"

namespace tfjs::ops {

struct MatmulOptions {
  Epilogue epilogue;
};
struct BatchMatmulOptions {
  bool transpose_a = false;
  bool transpose_b = false;
};

extern const Op kMatmul;
extern const Op kBatchMatmul;

/// a times b; leading dimensions of `a` are rows.
/// Shapes    a [..., K], b [K, N], result [..., N]
Tensor matmul(const Tensor& a, const Tensor& b);

/// One product per leading index.
/// Shapes    a [..., M, K] (or [..., K, M]), b [..., K, N] (or [..., N, K]), leading dimensions
/// broadcast
Tensor batch_matmul(const Tensor& a, const Tensor& b, const BatchMatmulOptions& options = {});

}  // namespace tfjs::ops
