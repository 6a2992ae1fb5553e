// A traced list of op calls: what a model's forward pass is, once its input shapes are known.
// Optimised by optimise.h, run by runtime/plan.h.
#pragma once

#include <any>
#include <functional>
#include <vector>

#include "tfjs/core/evaluator.h"

namespace tfjs::program {

/// Index into Program::values.
using ValueId = int;

struct Value {
  TensorSpec spec;
  Tensor constant;  ///< its value when known while tracing (weights), else empty
};

struct Step {
  const Op* op = nullptr;
  std::any options;
  std::vector<ValueId> inputs;
  std::vector<ValueId> outputs;
};

struct Program {
  std::vector<Value> values;
  std::vector<Step> steps;  ///< in an order that can be run
  std::vector<ValueId> inputs;
  std::vector<ValueId> outputs;  ///< may name inputs or constants, and repeat
};

using TracedFn = std::function<std::vector<Tensor>(const std::vector<Tensor>& inputs)>;

/// Calls `fn` once with tensors that stand for inputs of the given specs and records its op calls.
/// A call whose inputs are all concrete runs at once and its result becomes a constant: that is
/// constant folding. Steps that no output needs are dropped.
Program trace(const std::vector<TensorSpec>& inputs, const TracedFn& fn);

}  // namespace tfjs::program
