// For kernels that only move elements: the C++ type of a dtype's elements.
#pragma once

#include "tfjs/core/dtype.h"

namespace tfjs::kernels {

/// Calls visit(T()) with a value of the element type; returns what it returns.
template <class Visit>
auto visit_element_type(DType dtype, Visit&& visit) {
  switch (dtype) {
    case DType::Float32:
      return visit(float());
    case DType::Int32:
      return visit(std::int32_t());
    case DType::Bool:
      return visit(std::uint8_t());
    case DType::Complex64:
      return visit(std::complex<float>());
    case DType::String:
      break;
  }
  return visit(std::string());
}

}  // namespace tfjs::kernels
