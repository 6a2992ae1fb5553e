// How a batch is cut into slices. A batch computed at once streams its activations through memory
// layer by layer; slices whose activations stay in a core's cache, each on a thread of its own, are
// faster (measured: one image per slice for MobileNet and ResNet). Slices must not be so small that
// reading the weights costs more than using them.
#pragma once

#include "tfjs/program/program.h"

namespace tfjs::runtime {

/// What one sample costs.
struct SampleCost {
  std::size_t arena_bytes = 0;  ///< of its intermediate values
  double weight_uses =
      1;  ///< multiplications per weight, at least 1: many in a convolution, 1 in a dense layer
};

/// Of a program for one sample.
SampleCost sample_cost(const program::Program& program);

struct BatchSlices {
  std::int64_t samples = 1;  ///< per slice; the last one may have fewer
  int threads = 1;  ///< per slice: 1 when slices run side by side, all when one after the other
  bool operator==(const BatchSlices&) const = default;
};

/// `batch` samples on at most `threads` threads; both at least 1.
BatchSlices choose_slices(std::int64_t batch, const SampleCost& cost, int threads);

}  // namespace tfjs::runtime
