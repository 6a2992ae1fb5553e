#include "tfjs/core/dtype.h"

#include "tfjs/base/error.h"

namespace tfjs {

std::string_view name(DType dtype) {
  switch (dtype) {
    case DType::Float32:
      return "float32";
    case DType::Int32:
      return "int32";
    case DType::Bool:
      return "bool";
    case DType::String:
      return "string";
    case DType::Complex64:
      return "complex64";
  }
  throw internal_error("dtype: no such value: ", static_cast<int>(dtype));
}

std::optional<DType> parse_dtype(std::string_view text) {
  for (DType dtype : {DType::Float32, DType::Int32, DType::Bool, DType::String, DType::Complex64}) {
    if (name(dtype) == text) return dtype;
  }
  return std::nullopt;
}

std::size_t element_size(DType dtype) {
  switch (dtype) {
    case DType::Float32:
    case DType::Int32:
      return 4;
    case DType::Bool:
      return 1;
    case DType::Complex64:
      return 8;
    case DType::String:
      break;
  }
  throw invalid_argument("element_size: elements of dtype ", dtype, " have no fixed size");
}

void append_text(std::string& out, DType dtype) {
  out.append(name(dtype));
}

}  // namespace tfjs
