// Copies elements between strided arrays run by run: what transposing, slicing and repeating come
// down to.
#pragma once

#include <memory>
#include <vector>

#include "tfjs/kernels/reference/strided_walk.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

/// A kernel that writes its output densely, cell by cell of `dims`, from input 0 at `start` plus
/// the strides' offset. nullptr for strings.
std::unique_ptr<runtime::Kernel> copy_runs_kernel(DType dtype,
                                                  const std::vector<std::int64_t>& dims,
                                                  std::int64_t start, const Strides& strides);

}  // namespace tfjs::kernels
