// What a convolution or matrix product does to a result while it is still in registers:
// activation(product + bias + residual). The optimiser fills it in; an eager call may too.
#pragma once

#include "tfjs/ops/unary.h"

namespace tfjs::ops {

struct Epilogue {
  bool bias = false;      ///< one more input after the op's own: [channels]
  bool residual = false;  ///< one more input after that: the shape of the result
  UnaryOptions activation;
};

}  // namespace tfjs::ops
