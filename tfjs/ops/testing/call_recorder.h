// For tests of op functions: records the calls they make instead of running them.
#pragma once

#include <string>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/core/evaluator.h"

namespace tfjs::ops::testing {

/// The current evaluator while in scope. Results are traced tensors of the right specs.
class CallRecorder final : public Evaluator {
 public:
  CallRecorder() : scope_(*this) {}

  std::vector<Tensor> evaluate(OpCall call) override {
    std::vector<Tensor> results;
    for (const TensorSpec& output : call.outputs) {
      results.push_back(Tensor::traced(output, {this, next_id_++}));
    }
    calls.push_back(std::move(call));
    return results;
  }

  /// A traced tensor to call ops with.
  Tensor input(Shape shape, DType dtype = DType::Float32) {
    return Tensor::traced({dtype, std::move(shape)}, {this, next_id_++});
  }

  template <class Options>
  const Options& last_options() const {
    return *std::any_cast<Options>(&calls.back().options);
  }

  std::vector<OpCall> calls;

 private:
  int next_id_ = 0;
  ScopedEvaluator scope_;
};

/// The message of the InvalidArgument that `function` throws; "" when it throws nothing.
template <class Function>
std::string refusal_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.code() == ErrorCode::InvalidArgument ? error.what() : "another error";
  }
  return "";
}

}  // namespace tfjs::ops::testing
