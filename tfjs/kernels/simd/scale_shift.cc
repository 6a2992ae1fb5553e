// Channels last, the usual place, is a pattern of scales and shifts that repeats along the whole
// array; few channels are written out several times first, so that the pattern fills vectors.
// Channels elsewhere have one scale and shift for a run of elements.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tfjs/kernels/simd/scale_shift.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include <algorithm>
#include <cstring>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/simd/lanes-inl.h"
#include "tfjs/kernels/simd/pieces.h"
#include "tfjs/ops/normalization.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::kernels::HWY_NAMESPACE {

/// f(vector of x, vector of scale, ...) over `count` elements.
template <class ScaleAt, class ShiftAt>
HWY_INLINE void map(const float* x, float* out, std::int64_t count, ScaleAt scale, ShiftAt shift) {
  const FloatTag d;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const std::size_t all = hn::Lanes(d);
    hn::StoreU(hn::MulAdd(hn::LoadU(d, x + i), scale(i, all), shift(i, all)), d, out + i);
  }
  if (i < count) {
    const std::size_t rest = static_cast<std::size_t>(count - i);
    const FloatVec value = load_part(d, x + i, rest);
    store_part(hn::MulAdd(value, scale(i, rest), shift(i, rest)), d, out + i, rest);
  }
}

/// out[i] = x[i] * scale[i] + shift[i]
void scale_by_arrays_target(const float* x, const float* scale, const float* shift, float* out,
                            std::int64_t count) {
  const auto load = [](const float* from, std::size_t n) HWY_ATTR {
    const FloatTag d;
    return n == hn::Lanes(d) ? hn::LoadU(d, from) : load_part(d, from, n);
  };
  map(
      x, out, count, [&](std::int64_t i, std::size_t n) HWY_ATTR { return load(scale + i, n); },
      [&](std::int64_t i, std::size_t n) HWY_ATTR { return load(shift + i, n); });
}

/// out[i] = x[i] * scale + shift
void scale_by_numbers_target(const float* x, float scale, float shift, float* out,
                             std::int64_t count) {
  const FloatVec scales = hn::Set(FloatTag(), scale);
  const FloatVec shifts = hn::Set(FloatTag(), shift);
  map(
      x, out, count, [&](std::int64_t, std::size_t) HWY_ATTR { return scales; },
      [&](std::int64_t, std::size_t) HWY_ATTR { return shifts; });
}

}  // namespace tfjs::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::kernels {
namespace {

HWY_EXPORT(scale_by_arrays_target);
HWY_EXPORT(scale_by_numbers_target);

constexpr std::int64_t kLeastPattern = 256;  // floats

std::unique_ptr<runtime::Kernel> make_channels_last(std::int64_t size, std::int64_t channels) {
  const std::int64_t repeats = std::max<std::int64_t>(1, kLeastPattern / channels);
  const std::int64_t pattern = repeats * channels;
  FunctionKernelTraits traits;
  traits.overwritable_inputs = {0};
  if (repeats > 1) traits.scratch_bytes = 2 * static_cast<std::size_t>(pattern) * sizeof(float);
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        const float* scale = run.input<float>(1);
        const float* shift = run.input<float>(2);
        if (repeats > 1) {
          float* scales = reinterpret_cast<float*>(run.scratch);
          float* shifts = scales + pattern;
          for (std::int64_t i = 0; i < pattern; i += channels) {
            std::copy_n(scale, channels, scales + i);
            std::copy_n(shift, channels, shifts + i);
          }
          scale = scales;
          shift = shifts;
        }
        const std::int64_t rounds = (size + pattern - 1) / pattern;
        run.parallel.for_range(rounds, items_per_piece(kCheapElementsPerPiece, pattern),
                               [&](std::int64_t begin, std::int64_t end, int) {
                                 for (std::int64_t at = begin * pattern;
                                      at < std::min(size, end * pattern); at += pattern) {
                                   HWY_DYNAMIC_DISPATCH(scale_by_arrays_target)
                                   (run.input<float>(0) + at, scale, shift,
                                    run.output<float>(0) + at, std::min(pattern, size - at));
                                 }
                               });
      },
      traits);
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_ScaleShift_simd(const runtime::KernelSetup& setup) {
  const int axis = setup.options<ops::ScaleShiftOptions>().axis;
  const Shape& shape = setup.inputs[0].shape;
  const std::int64_t size = shape.size();
  const std::int64_t channels = shape[axis];
  const std::int64_t inner = shape.sub(axis + 1).size();
  if (size == 0) return nullptr;
  if (inner == 1) return make_channels_last(size, channels);
  return function_kernel(
      [=](const runtime::KernelRun& run) {
        run.parallel.for_range(
            size / inner, items_per_piece(kCheapElementsPerPiece, inner),
            [&](std::int64_t begin, std::int64_t end, int) {
              for (std::int64_t i = begin; i < end; ++i) {
                HWY_DYNAMIC_DISPATCH(scale_by_numbers_target)
                (run.input<float>(0) + i * inner, run.input<float>(1)[i % channels],
                 run.input<float>(2)[i % channels], run.output<float>(0) + i * inner, inner);
              }
            });
      },
      {.overwritable_inputs = {0}});
}

}  // namespace tfjs::kernels
#endif
