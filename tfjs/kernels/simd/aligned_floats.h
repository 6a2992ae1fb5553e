// A block of floats at a 64-byte boundary: a cache line and a full vector.
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace tfjs::kernels {

inline constexpr std::size_t kFloatsAlignment = 64;

struct FreeAlignedFloats {
  void operator()(float* floats) const {
    ::operator delete[](floats, std::align_val_t(kFloatsAlignment));
  }
};
using AlignedFloats = std::unique_ptr<float[], FreeAlignedFloats>;

/// Not initialised.
inline AlignedFloats make_aligned_floats(std::size_t count) {
  return AlignedFloats(static_cast<float*>(
      ::operator new[](count * sizeof(float), std::align_val_t(kFloatsAlignment))));
}

inline std::size_t round_to_alignment(std::size_t bytes) {
  return (bytes + kFloatsAlignment - 1) / kFloatsAlignment * kFloatsAlignment;
}

}  // namespace tfjs::kernels
