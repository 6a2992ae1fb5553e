#pragma once

#include <cstdint>

namespace tfjs::kernels {

/// a / b rounded up; b > 0.
inline std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
  return a > 0 ? (a + b - 1) / b : a / b;
}

}  // namespace tfjs::kernels
