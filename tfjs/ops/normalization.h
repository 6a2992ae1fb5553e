// Batch and layer normalization, softmax.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

struct ScaleShiftOptions {
  int axis = 0;  ///< non-negative
};
/// Inputs of the call: x alone, or x, gamma and beta.
struct LayerNormOptions {
  std::vector<int> axes;  ///< ascending, non-negative
  float epsilon = 1e-3f;
};
struct SoftmaxOptions {
  bool log = false;
};

extern const Op kScaleShift;
extern const Op kLayerNorm;
extern const Op kSoftmax;

/// x * scale + shift along one axis: what batch normalization is at inference, and how it folds
/// into convolutions. Shapes    x any rank >= 1, scale and shift [dim of axis]
Tensor scale_shift(const Tensor& x, const Tensor& scale, const Tensor& shift, int axis = -1);

/// (x - mean) / sqrt(variance + epsilon) * gamma + beta, mean and biased variance over `axes`.
/// Shapes    gamma, beta: the dims of `axes`; an empty Tensor leaves it out.
Tensor layer_norm(const Tensor& x, const Tensor& gamma, const Tensor& beta,
                  const std::vector<int>& axes, float epsilon);

/// Over the last axis.
Tensor softmax(const Tensor& x);
Tensor log_softmax(const Tensor& x);

}  // namespace tfjs::ops
