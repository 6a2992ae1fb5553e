// The kernel of a plain matrix product with an epilogue: Matmul, and the convolutions that are one.
#pragma once

#include <cstdint>
#include <memory>

#include "tfjs/ops/epilogue.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

/// Input 0 is A [rows, depth], input 1 is B [depth, columns], then what the epilogue needs. nullptr
/// when the activation has no vector form.
std::unique_ptr<runtime::Kernel> make_dense(const runtime::KernelSetup& setup, std::int64_t rows,
                                            std::int64_t depth, std::int64_t columns,
                                            const ops::Epilogue& epilogue);

}  // namespace tfjs::kernels
