// IEEE 754 half precision as bits. Both directions are exact where exact is possible and round to
// nearest even elsewhere; without branches, so that loops over them vectorise.
#pragma once

#include <cstdint>

#include "tfjs/base/bit_cast.h"

namespace tfjs {

inline float float16_to_float(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t magnitude = static_cast<std::uint32_t>(bits & 0x7FFFu) << 13;
  // With the exponent moved to its place the value is 2^112 too small; multiplying also sets
  // subnormals right.
  const float scaled = bit_cast<float>(magnitude) * 0x1p112f;
  // Infinity and NaN came out as 2^16 and above.
  const std::uint32_t special = bit_cast<std::uint32_t>(scaled) | 0x7F800000u;
  const std::uint32_t result = magnitude >= 0x0F800000u ? special : bit_cast<std::uint32_t>(scaled);
  return bit_cast<float>(result | sign);
}

/// Overflow gives infinity; NaN stays NaN with the upper bits of its payload.
inline std::uint16_t float_to_float16(float value) {
  const std::uint32_t bits = bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000u;
  const std::uint32_t magnitude = bits & 0x7FFFFFFFu;
  // Normal results: move the exponent, round the 13 bits that go to even; a carry runs into the
  // exponent rightly.
  const std::uint32_t normal = (magnitude - 0x38000000u + 0x0FFFu + ((magnitude >> 13) & 1u)) >> 13;
  // Subnormal results: adding 0.5 leaves the sum's lowest bits counting 2^-24, rounded to even by
  // the addition.
  const std::uint32_t subnormal =
      bit_cast<std::uint32_t>(bit_cast<float>(magnitude) + 0.5f) - 0x3F000000u;
  const std::uint32_t nan = 0x7E00u | ((magnitude >> 13) & 0x3FFu);
  std::uint32_t result = magnitude < 0x38800000u ? subnormal : normal;
  result = magnitude >= 0x47800000u ? 0x7C00u : result;
  result = magnitude > 0x7F800000u ? nan : result;
  return static_cast<std::uint16_t>(sign | result);
}

}  // namespace tfjs
