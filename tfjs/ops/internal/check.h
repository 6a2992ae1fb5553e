// Checks that op functions share. `what` is the op's function ("conv2d"), `input` the argument
// ("filter"); both open the messages: "conv2d: filter must have rank 4, got float32 [3, 3]".
#pragma once

#include "tfjs/core/tensor.h"

namespace tfjs::ops::internal {

/// Errors: InvalidArgument for an empty Tensor.
void require_given(const Tensor& x, const char* what, const char* input);

/// Errors: InvalidArgument for another rank (and for an empty Tensor).
void require_rank(const Tensor& x, int rank, const char* what, const char* input);

/// Errors: InvalidArgument for another shape (and for an empty Tensor).
void require_shape(const Tensor& x, const Shape& shape, const char* what, const char* input);

/// x as float32; int32 and bool are cast. Errors: InvalidArgument for strings and complex numbers.
Tensor as_float(const Tensor& x, const char* what, const char* input);

/// Inputs that must have one dtype: as they are when they agree, else all as float32.
std::vector<Tensor> with_common_dtype(std::vector<Tensor> inputs, const char* what);

/// A spec whose bytes can be counted. Errors: InvalidArgument naming `what` when the shape is too
/// large.
TensorSpec checked_spec(DType dtype, Shape shape, const char* what);

/// Normalised, ascending. Errors: InvalidArgument for axes out of range or given twice.
std::vector<int> normalized_axes(const Shape& shape, const std::vector<int>& axes,
                                 const char* what);

}  // namespace tfjs::ops::internal
