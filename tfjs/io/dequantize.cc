// A table of the 256 values serves uint8: looking up is faster than computing in double, and the
// values are the same. The 65536 values of uint16 would fill the cache, so those are computed.
#include "tfjs/io/dequantize.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "tfjs/base/float16.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC push_options
#pragma GCC optimize("fp-contract=off")  // for value_of() and where it is inlined
#endif

namespace tfjs::io {

namespace {

/// JavaScript rounds the product before it adds: no fused multiply-add here.
double value_of(double scale, double min, unsigned code) {
#if defined(__clang__)
#pragma clang fp contract(off)
#endif
  return static_cast<double>(code) * scale + min;
}

/// Math.round: floor(x + 0.5) would be wrong just below 0.5.
double round_half_up(double value) {
  const double below = std::floor(value);
  return value - below >= 0.5 ? below + 1 : below;
}

bool fits_int32(double value) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

std::uint16_t load_code16(const std::byte* codes, std::size_t i) {
  std::uint16_t code = 0;
  std::memcpy(&code, codes + 2 * i, sizeof code);
  return code;
}

}  // namespace

std::size_t code_size(Quantization::Kind kind) {
  return kind == Quantization::Kind::Uint8 ? 1 : 2;
}

void dequantize(const Quantization& quantization, std::span<const std::byte> codes,
                std::span<float> out) {
  const std::byte* in = codes.data();
  const std::size_t count = out.size();
  const double scale = quantization.scale;
  const double min = quantization.min;
  float* to = out.data();
  switch (quantization.kind) {
    case Quantization::Kind::Uint8: {
      std::array<float, 256> values;
      for (unsigned code = 0; code < 256; ++code) {
        values[code] = static_cast<float>(value_of(scale, min, code));
      }
      for (std::size_t i = 0; i < count; ++i) to[i] = values[std::to_integer<unsigned>(in[i])];
      return;
    }
    case Quantization::Kind::Uint16:
      for (std::size_t i = 0; i < count; ++i) {
        to[i] = static_cast<float>(value_of(scale, min, load_code16(in, i)));
      }
      return;
    case Quantization::Kind::Float16:
      for (std::size_t i = 0; i < count; ++i) to[i] = float16_to_float(load_code16(in, i));
      return;
  }
}

std::optional<double> dequantize(const Quantization& quantization, std::span<const std::byte> codes,
                                 std::span<std::int32_t> out) {
  const std::byte* in = codes.data();
  const bool is_byte = quantization.kind == Quantization::Kind::Uint8;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned code = is_byte ? std::to_integer<unsigned>(in[i]) : load_code16(in, i);
    const double value = round_half_up(value_of(quantization.scale, quantization.min, code));
    if (!fits_int32(value)) return value;
    out[i] = static_cast<std::int32_t>(value);
  }
  return std::nullopt;
}

}  // namespace tfjs::io

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC pop_options
#endif
