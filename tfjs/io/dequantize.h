// Values of quantised weights from their stored codes. Codes are little-endian and need no
// alignment.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "tfjs/io/weight_spec.h"

namespace tfjs::io {

/// Bytes of one code: 1 or 2.
std::size_t code_size(Quantization::Kind kind);

/// out[i] = float32(code * scale + min), the sum taken in double; Float16: the half's value.
/// `codes` holds out.size() codes.
void dequantize(const Quantization& quantization, std::span<const std::byte> codes,
                std::span<float> out);

/// out[i] = code * scale + min rounded to the nearest integer, halves up, as JavaScript's
/// Math.round. Uint8 and Uint16 only. Returns the first value that no int32 holds, if there is one;
/// `out` is then unspecified.
std::optional<double> dequantize(const Quantization& quantization, std::span<const std::byte> codes,
                                 std::span<std::int32_t> out);

}  // namespace tfjs::io
