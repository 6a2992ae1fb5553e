// IEEE half precision, the 16-bit storage of float16-quantised weights. Inline and without
// branches, so that loops over them vectorise.
#pragma once

#include <bit>
#include <cstdint>

namespace tfjs::io {

namespace internal {

/// `yes` where `condition`, else `no`. Both are computed: a conditional expression would become a
/// branch around the floating-point part, and the loop would not vectorise.
inline std::uint32_t select(bool condition, std::uint32_t yes, std::uint32_t no) {
  const std::uint32_t mask = 0u - static_cast<std::uint32_t>(condition);
  return (yes & mask) | (no & ~mask);
}

}  // namespace internal

/// Exact; infinities, subnormals and the payload of NaN included.
inline float half_to_float(std::uint16_t half) {
  const std::uint32_t magnitude = std::uint32_t{half} & 0x7FFFu;
  const std::uint32_t sign = (std::uint32_t{half} & 0x8000u) << 16;
  const std::uint32_t normal = (magnitude << 13) + (112u << 23);
  const std::uint32_t special = 0x7F800000u | (magnitude << 13);
  // A subnormal half counts steps of 2^-24.
  const float steps = static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24f;
  std::uint32_t bits =
      internal::select(magnitude < 0x0400u, std::bit_cast<std::uint32_t>(steps), normal);
  bits = internal::select(magnitude >= 0x7C00u, special, bits);
  return std::bit_cast<float>(sign | bits);
}

/// The nearest half, ties to even; beyond 65504 infinity, as NumPy's astype(float16).
inline std::uint16_t float_to_half(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t magnitude = bits & 0x7FFFFFFFu;
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
  // Below 2^-14: adding 0.5 makes the float adder round at a half's last subnormal bit.
  const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
  const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(shifted) - 0x3F000000u;
  const std::uint32_t rounding = 0xFFFu + ((magnitude >> 13) & 1u);
  const std::uint32_t normal = (magnitude - (112u << 23) + rounding) >> 13;
  // A NaN keeps the top of its payload and stays a NaN.
  const std::uint32_t payload = (magnitude >> 13) & 0x3FFu;
  const std::uint32_t nan = 0x7C00u | (payload | static_cast<std::uint32_t>(payload == 0));
  std::uint32_t half = internal::select(magnitude < 0x38800000u, subnormal, normal);
  half = internal::select(magnitude >= 0x47800000u, 0x7C00u, half);
  half = internal::select(magnitude > 0x7F800000u, nan, half);
  return static_cast<std::uint16_t>(sign | half);
}

}  // namespace tfjs::io
