// A few ops with kernels of their own, so that tests of plans need no real ones.
#pragma once

#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::runtime::internal {

extern const Op kIncrement;  ///< x + 1; may write over x
extern const Op kPlus;       ///< x + y, sizes equal; may write over x, not over y
extern const Op kCopyPlus;   ///< x + y; writes over nothing
extern const Op kSplitSign;  ///< (max(x, 0), min(x, 0))
extern const Op kScaled;     ///< x * constant factor [1], which the kernel copies; through scratch
extern const Op kRefuse;     ///< throws InvalidArgument when x[0] is negative, else x
extern const Op kShout;      ///< strings with "!" appended

const KernelRegistry& test_kernels();

Tensor increment(const Tensor& x);
Tensor plus(const Tensor& x, const Tensor& y);
Tensor copy_plus(const Tensor& x, const Tensor& y);
std::vector<Tensor> split_sign(const Tensor& x);
Tensor scaled(const Tensor& x, const Tensor& factor);
Tensor refuse(const Tensor& x);
Tensor shout(const Tensor& x);

/// How often kernels of this file wrote over an input, since the program began.
int overwrites();

}  // namespace tfjs::runtime::internal
