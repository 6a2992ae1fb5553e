// The elementwise functions of ops/unary.def over plain arrays, in vectors: what the Unary kernel
// runs, and what a matrix product applies to a finished block of rows.
#pragma once

#include <cstdint>

#include "tfjs/ops/unary.h"

namespace tfjs::kernels {

/// False for the functions without a vector form (sin and cos, whose argument reduction is the C
/// library's matter).
bool has_vector_form(ops::UnaryKind kind);

/// out[i] = f(in[i]); `out` may be `in`. Linear copies. The kind has a vector form.
void map_unary(const ops::UnaryOptions& f, const float* in, float* out, std::int64_t count);

}  // namespace tfjs::kernels
