// Random matrices with orthonormal columns or rows, for the Orthogonal initializer.
#pragma once

#include <cstdint>
#include <vector>

#include "tfjs/layers/random.h"

namespace tfjs::layers {

/// Row-major [rows, columns], uniformly distributed among the matrices whose columns (rows >=
/// columns) or rows (else) are orthonormal: what the Q of a normal matrix is once R's diagonal is
/// made positive. 2048 x 2048 takes about a second.
std::vector<float> random_orthogonal(std::int64_t rows, std::int64_t columns, Random& random);

}  // namespace tfjs::layers
