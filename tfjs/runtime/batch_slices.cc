#include "tfjs/runtime/batch_slices.h"

#include <algorithm>
#include <cmath>

#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/runtime/internal/plan_layout.h"

namespace tfjs::runtime {
namespace {

// The second-level cache of a core, as servers and recent desktops have it.
constexpr double kCacheBytes = 1 << 20;
// A core multiplies about 32 floats while it reads 2 from memory: below 16 uses, reading a weight
// takes longer.
constexpr double kUsesWorthReading = 16;
// Threads that would idle for more than this part of the time do better together on each slice.
constexpr double kLeastEvenness = 0.8;

bool is_product(const program::Step& step) {
  return step.op == &ops::kConv2d || step.op == &ops::kDepthwiseConv2d ||
         step.op == &ops::kConv2dTranspose || step.op == &ops::kConv3d ||
         step.op == &ops::kConv3dTranspose || step.op == &ops::kMatmul;
}

double elements(const program::Program& program, program::ValueId id) {
  return static_cast<double>(program.values[id].spec.shape.size());
}

std::int64_t rounded_up_ratio(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

/// A divisor of `batch` close below `samples`, so that no odd slice needs a plan of its own; else
/// `samples`.
std::int64_t near_divisor(std::int64_t batch, std::int64_t samples) {
  for (std::int64_t size = samples; size > 0 && 4 * size >= 3 * samples; --size) {
    if (batch % size == 0) return size;
  }
  return samples;
}

}  // namespace

SampleCost sample_cost(const program::Program& program) {
  const std::vector<std::unique_ptr<Kernel>> no_kernels(program.steps.size());
  SampleCost cost;
  cost.arena_bytes =
      internal::lay_out(program, internal::constants_of(program), no_kernels).arena_bytes;
  double weights = 0;
  double uses = 0;
  for (const program::Step& step : program.steps) {
    for (std::size_t i = 0; i < step.inputs.size(); ++i) {
      if (program.values[step.inputs[i]].constant.is_empty()) continue;
      const double size = elements(program, step.inputs[i]);
      weights += size;
      // A filter is applied once per pixel: per element of the result and of a channel's part of
      // it.
      const Shape& result = program.values[step.outputs[0]].spec.shape;
      const bool is_filter = is_product(step) && i == 1 && result.rank() > 0 && result[-1] > 0;
      uses += is_filter
                  ? size * elements(program, step.outputs[0]) / static_cast<double>(result[-1])
                  : size;
    }
  }
  if (weights > 0) cost.weight_uses = std::max(1.0, uses / weights);
  return cost;
}

BatchSlices choose_slices(std::int64_t batch, const SampleCost& cost, int threads) {
  const auto least = static_cast<std::int64_t>(std::ceil(kUsesWorthReading / cost.weight_uses));
  const double fitting = kCacheBytes / std::max<double>(1, static_cast<double>(cost.arena_bytes));
  const auto wanted = [&](double caches) {
    const double samples = std::min(fitting * caches, static_cast<double>(batch));
    return std::min(batch, std::max({std::int64_t{1}, least, static_cast<std::int64_t>(samples)}));
  };
  if (threads > 1 && batch >= least * threads) {
    // As many slices as keep every thread busy to the end.
    const std::int64_t rounds = rounded_up_ratio(batch, wanted(1) * threads);
    const std::int64_t samples = near_divisor(batch, rounded_up_ratio(batch, rounds * threads));
    const std::int64_t slices = rounded_up_ratio(batch, samples);
    const double evenness =
        static_cast<double>(batch) /
        static_cast<double>(rounded_up_ratio(slices, threads) * threads * samples);
    if (evenness >= kLeastEvenness) return {samples, 1};
  }
  return {near_divisor(batch, wanted(threads)), threads};
}

}  // namespace tfjs::runtime
