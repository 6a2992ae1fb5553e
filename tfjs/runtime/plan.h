// A Program made ready to run: a kernel per step, weights packed, every intermediate value given
// its place in one arena. A plan never changes; run() may be called from several threads at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tfjs/program/program.h"
#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::runtime {

struct PlanOptions {
  int threads = 1;
  std::string only_kernel_set;  ///< "reference" in tests; empty: the best
};

class Plan {
 public:
  /// Errors: Unsupported when no kernel takes a step.
  Plan(program::Program program, const PlanOptions& options = {},
       const KernelRegistry& kernels = builtin_kernels());
  ~Plan();
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  /// One tensor per program output. Errors: InvalidArgument when the inputs' specs are not the
  /// program's.
  std::vector<Tensor> run(const std::vector<Tensor>& inputs) const;
  /// The same with another bound on threads (at most the plan's).
  std::vector<Tensor> run(const std::vector<Tensor>& inputs, int threads) const;

  /// How long each step takes, the shortest of `rounds` runs each: where the time of a run goes.
  struct StepTime {
    std::string step;  ///< "Conv2d{height=3 width=3} float32 [1, 8, 8, 3] -> float32 [1, 6, 6, 4]"
    double microseconds = 0;
  };
  std::vector<StepTime> profile(const std::vector<Tensor>& inputs, int threads, int rounds) const;

  /// Bytes of the arena one run uses.
  std::size_t arena_bytes() const;
  const program::Program& program() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A function of tensors with one optimised plan per input signature, made at the first call and
/// kept. Calls are safe from several threads.
class CompiledFunction {
 public:
  explicit CompiledFunction(program::TracedFn fn);
  ~CompiledFunction();

  std::vector<Tensor> operator()(const std::vector<Tensor>& inputs,
                                 const PlanOptions& options = {});
  /// The same, where axis 0 of every input and output counts samples that do not depend on each
  /// other: the batch is cut into slices as batch_slices.h chooses, which is faster for many
  /// samples. What cannot be cut is computed whole.
  std::vector<Tensor> run_batch(const std::vector<Tensor>& inputs, const PlanOptions& options = {});
  /// The plan for inputs of these specs.
  std::shared_ptr<const Plan> plan(const std::vector<TensorSpec>& inputs,
                                   const PlanOptions& options = {});
  /// Drops the plans: the weights they were folded from have changed.
  void clear();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Threads used where nobody says otherwise: TFJS_NUM_THREADS, else the cores this process may use.
int default_threads();

}  // namespace tfjs::runtime
