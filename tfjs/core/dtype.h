// Element types of tensors: the five TensorFlow.js knows.
#pragma once

#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tfjs {

enum class DType : std::uint8_t { Float32, Int32, Bool, String, Complex64 };

/// "float32", "int32", "bool", "string", "complex64".
std::string_view name(DType dtype);
std::optional<DType> parse_dtype(std::string_view name);

/// Bytes of one element in memory and in files: 4, 4, 1, 8. Errors: InvalidArgument for String.
std::size_t element_size(DType dtype);

void append_text(std::string& out, DType dtype);

/// The C++ type of an element; Bool is stored as one byte, 0 or 1.
template <class T>
struct DTypeOf;
template <>
struct DTypeOf<float> {
  static constexpr DType value = DType::Float32;
};
template <>
struct DTypeOf<std::int32_t> {
  static constexpr DType value = DType::Int32;
};
template <>
struct DTypeOf<std::uint8_t> {
  static constexpr DType value = DType::Bool;
};
template <>
struct DTypeOf<std::complex<float>> {
  static constexpr DType value = DType::Complex64;
};
template <>
struct DTypeOf<std::string> {
  static constexpr DType value = DType::String;
};

}  // namespace tfjs
