// Loads and stores of fewer floats than a vector holds, which touch no memory beyond them.
#if defined(TFJS_KERNELS_SIMD_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TFJS_KERNELS_SIMD_LANES_INL_H_
#undef TFJS_KERNELS_SIMD_LANES_INL_H_
#else
#define TFJS_KERNELS_SIMD_LANES_INL_H_
#endif

#include <cstddef>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using FloatVec = hn::Vec<FloatTag>;

/// The first `count` floats at `from`, zeros above; count <= Lanes.
HWY_INLINE FloatVec load_part(FloatTag d, const float* from, std::size_t count) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  return hn::MaskedLoad(hn::FirstN(d, count), d, from);
#else
  // The other targets have no masked load: it would read the whole vector.
  HWY_ALIGN float lanes[HWY_LANES(float)] = {};
  for (std::size_t i = 0; i < count; ++i) lanes[i] = from[i];
  return hn::Load(d, lanes);
#endif
}

/// Stores the first `count` lanes; count <= Lanes.
HWY_INLINE void store_part(FloatVec v, FloatTag d, float* to, std::size_t count) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  hn::BlendedStore(v, hn::FirstN(d, count), d, to);
#else
  HWY_ALIGN float lanes[HWY_LANES(float)];
  hn::Store(v, d, lanes);
  for (std::size_t i = 0; i < count; ++i) to[i] = lanes[i];
#endif
}

/// Reads and writes whole vectors, or the first `count` lanes of one.
struct WholeVector {
  FloatTag d;
  HWY_INLINE FloatVec load(const float* from) const { return hn::LoadU(d, from); }
  HWY_INLINE void store(FloatVec v, float* to) const { hn::StoreU(v, d, to); }
};
struct PartVector {
  FloatTag d;
  std::size_t count;
  HWY_INLINE FloatVec load(const float* from) const { return load_part(d, from, count); }
  HWY_INLINE void store(FloatVec v, float* to) const { store_part(v, d, to, count); }
};

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // TFJS_KERNELS_SIMD_LANES_INL_H_
