#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/peak.cc"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/foreach_target.h"
// The vector types of the target.
#include "bench/peak.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace tfjs::bench::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

double multiply_add_target(float* result) {
  constexpr int kChains = 12;  // enough to hide the latency, few enough for 16 registers
  constexpr int kSteps = 4096;
  const hn::ScalableTag<float> d;
  const auto factor = hn::Set(d, 0.9999f);
  const auto term = hn::Set(d, 1e-5f);
  hn::Vec<decltype(d)> sum[kChains];
#pragma GCC unroll 16
  for (int i = 0; i < kChains; ++i) sum[i] = hn::Set(d, static_cast<float>(i));
  for (int step = 0; step < kSteps; ++step) {
#pragma GCC unroll 16
    for (int i = 0; i < kChains; ++i) sum[i] = hn::MulAdd(sum[i], factor, term);
  }
  float total = 0;
#pragma GCC unroll 16
  for (int i = 0; i < kChains; ++i) total += hn::GetLane(sum[i]);
  *result = total;
  return 2.0 * kChains * kSteps * static_cast<double>(hn::Lanes(d));
}

}  // namespace tfjs::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tfjs::bench {
HWY_EXPORT(multiply_add_target);

double multiply_add_registers() {
  volatile float keep = 0;
  float result = 0;
  const double flops = HWY_DYNAMIC_DISPATCH(multiply_add_target)(&result);
  keep = result;
  static_cast<void>(keep);
  return flops;
}

}  // namespace tfjs::bench
#endif
