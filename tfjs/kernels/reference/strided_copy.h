// Copies elements between two walks: what transposing, slicing, repeating and padding come down to.
#pragma once

#include <memory>

#include "tfjs/core/dtype.h"
#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

/// A kernel that writes its output densely, cell by cell of `dims`, from input 0 at `start` plus
/// the strides' offset.
std::unique_ptr<runtime::Kernel> strided_gather_kernel(DType dtype, std::vector<std::int64_t> dims,
                                                       std::int64_t start, Strides strides);

}  // namespace tfjs::kernels
