// For kernels that only move elements: a type of as many bytes as an element has.
#pragma once

#include <complex>
#include <cstdint>

#include "tfjs/core/dtype.h"

namespace tfjs::kernels {

/// Calls visit(T()) and returns what it returns; a value-initialised result for strings.
template <class Visit>
auto visit_copied_element(DType dtype, Visit&& visit) -> decltype(visit(std::uint32_t())) {
  switch (dtype) {
    case DType::Float32:
    case DType::Int32:
      return visit(std::uint32_t());
    case DType::Bool:
      return visit(std::uint8_t());
    case DType::Complex64:
      return visit(std::uint64_t());
    case DType::String:
      break;
  }
  return {};
}

}  // namespace tfjs::kernels
