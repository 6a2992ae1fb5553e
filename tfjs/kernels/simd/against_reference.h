// For tests: runs a case on the simd kernel and on the reference kernel and compares what they
// give.
#pragma once

#include <any>
#include <string>
#include <vector>

#include "tfjs/core/evaluator.h"
#include "tfjs/core/tensor.h"

namespace tfjs::kernels {

inline TensorSpec floats(Shape shape) {
  return {DType::Float32, std::move(shape)};
}

struct KernelCase {
  const Op& op;
  std::any options;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
  std::vector<std::size_t> constant_inputs;  ///< given when the kernel is made, as weights are
  double tolerance = 2e-5;                   ///< relative to 1 + |value|
  float low = -1;                            ///< range of the inputs' random values
  float high = 1;
};

/// Float32 tensors of pseudo-random values in [low, high), Int32 and Bool ones of whole values in
/// it.
Tensor random_tensor(const TensorSpec& spec, unsigned seed, float low = -1, float high = 1);

/// Expects equal outputs for every instruction set of this machine, on 1 and on 3 threads. Memory
/// is just as large as the kernel asked for, scratch and outputs hold NaN before, and where the
/// kernel may overwrite an input, that is tried too. `what` names the case in failures.
void expect_like_reference(const KernelCase& test, const std::string& what);

}  // namespace tfjs::kernels
