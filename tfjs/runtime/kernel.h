// What computes one step of a plan.
//
// A kernel is made once per step, when its options, shapes and constant inputs are known: it may
// pack weights, choose a loop and work out offsets then. run() is const and may be called from
// several threads at once, each with its own outputs and scratch.
//
// A kernel file defines `std::unique_ptr<Kernel> make_<Op>_<set>(const KernelSetup&)` and has the
// line `KERNEL(<Op>, <set>)` in kernels/kernels.def. Sets are tried in the order simd, reference; a
// factory returns nullptr when it does not cover the case. `reference` covers every case: plain
// loops, the oracle in tests.
#pragma once

#include <any>
#include <cstddef>
#include <memory>
#include <span>

#include "tfjs/core/evaluator.h"
#include "tfjs/runtime/parallel.h"

namespace tfjs::runtime {

/// Everything known of a step before it runs.
struct KernelSetup {
  const Op& op;
  const std::any& any_options;
  std::span<const TensorSpec> inputs;
  /// Per input: its value when it is a constant, else an empty Tensor.
  std::span<const Tensor> constants;
  std::span<const TensorSpec> outputs;
  int threads = 1;  ///< the most threads a run will have
  /// Bytes by which the kernels' copies of constants may still exceed the constants, all together;
  /// a kernel that is faster with a larger copy subtracts what it takes. nullptr: none.
  std::size_t* spare_bytes = nullptr;

  template <class Options>
  const Options& options() const {
    return *std::any_cast<Options>(&any_options);
  }
};

/// Memory of a run. Float32, Int32, Bool elements; std::string objects for String. Outputs do not
/// overlap inputs unless the kernel allows it (Kernel::can_overwrite_input). Buffers are 64-byte
/// aligned; the program's inputs and weights only as their elements need.
struct KernelRun {
  std::span<const void* const> inputs;
  std::span<void* const> outputs;
  std::byte* scratch;  ///< Kernel::scratch_bytes() bytes, 64-byte aligned
  Parallel& parallel;

  template <class T>
  const T* input(std::size_t i) const {
    return static_cast<const T*>(inputs[i]);
  }
  template <class T>
  T* output(std::size_t i) const {
    return static_cast<T*>(outputs[i]);
  }
};

class Kernel {
 public:
  virtual ~Kernel() = default;
  virtual void run(const KernelRun& run) const = 0;
  virtual std::size_t scratch_bytes() const { return 0; }
  /// True when output 0 may be the very memory of input `index` (elementwise kernels of equal byte
  /// size).
  virtual bool can_overwrite_input(std::size_t index) const { return false; }
  /// False when the kernel made its own copy of constant input `index` (packed weights) and never
  /// reads the original.
  virtual bool reads_input(std::size_t index) const { return true; }
};

}  // namespace tfjs::runtime
