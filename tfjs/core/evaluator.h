// The seam between ops and what executes them. An op function (ops/) checks its inputs, works out
// its outputs' specs, and hands an OpCall to the current evaluator. There are two: program/ records
// the call while a model is traced, runtime/ runs it at once.
#pragma once

#include <any>
#include <string_view>
#include <vector>

#include "tfjs/core/tensor.h"

namespace tfjs {

/// What an op is, apart from its options: one constant per op, compared by address.
struct Op {
  std::string_view name;  ///< "Conv2d" of ops.def: also the key of its kernels
  std::vector<std::string_view> tensorflow_names;  ///< nodes of converted graphs that it stands for
};

/// One application of an op. `options` holds the op's own options struct.
struct OpCall {
  const Op* op = nullptr;
  std::any options;
  std::vector<Tensor> inputs;
  std::vector<TensorSpec> outputs;
};

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// One tensor per output spec.
  virtual std::vector<Tensor> evaluate(OpCall call) = 0;
};

/// The innermost ScopedEvaluator of this thread, else the default.
Evaluator& current_evaluator();

/// Runs calls at once; runtime/eager.cc defines it.
Evaluator& default_evaluator();

/// Makes `evaluator` the current one of this thread while in scope.
class ScopedEvaluator {
 public:
  explicit ScopedEvaluator(Evaluator& evaluator);
  ~ScopedEvaluator();
  ScopedEvaluator(const ScopedEvaluator&) = delete;
  ScopedEvaluator& operator=(const ScopedEvaluator&) = delete;

 private:
  Evaluator* previous_;
};

/// For ops with one output: builds the call and evaluates it.
template <class Options>
Tensor evaluate_op(const Op& op, Options options, std::vector<Tensor> inputs, TensorSpec output) {
  return current_evaluator().evaluate(
      OpCall{&op, std::any(std::move(options)), std::move(inputs), {std::move(output)}})[0];
}

}  // namespace tfjs
