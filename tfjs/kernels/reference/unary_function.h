// The elementwise functions of unary.def on one number: for the Unary kernel, epilogues and
// recurrent cells.
#pragma once

#include "tfjs/ops/unary.h"

namespace tfjs::kernels {

/// Linear gives x itself.
float apply_unary(const ops::UnaryOptions& options, float x);

}  // namespace tfjs::kernels
