// For tests of kernels: runs op calls at once with the kernels of one set, on the caller's thread.
//
//   KernelSetEvaluator reference("reference");
//   Tensor y = ops::conv2d(x, filter);
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/core/evaluator.h"
#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::kernels::testing {

class SerialParallel final : public runtime::Parallel {
 public:
  int threads() const override { return 1; }
  void for_range(std::int64_t count, std::int64_t,
                 const std::function<void(std::int64_t, std::int64_t, int)>& body) override {
    if (count > 0) body(0, count, 0);
  }
};

/// The current evaluator while in scope. Inputs are given to kernels as constants when
/// `as_constants`.
class KernelSetEvaluator final : public Evaluator {
 public:
  explicit KernelSetEvaluator(std::string set, bool as_constants = false)
      : set_(std::move(set)), as_constants_(as_constants), scope_(*this) {}

  std::vector<Tensor> evaluate(OpCall call) override {
    std::vector<TensorSpec> specs;
    for (const Tensor& input : call.inputs) specs.push_back(input.spec());
    const std::vector<Tensor> constants =
        as_constants_ ? call.inputs : std::vector<Tensor>(call.inputs.size());
    std::size_t spare_bytes = std::numeric_limits<std::size_t>::max();
    const auto kernel = runtime::builtin_kernels().make(
        {*call.op, call.options, specs, constants, call.outputs, 1, &spare_bytes}, set_);

    std::vector<const void*> inputs;
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
      inputs.push_back(kernel->reads_input(i) ? call.inputs[i].raw_data() : nullptr);
    }
    std::vector<Output> outputs;
    std::vector<void*> pointers;
    for (const TensorSpec& spec : call.outputs) outputs.emplace_back(spec);
    for (Output& output : outputs) pointers.push_back(output.data());
    const auto scratch = allocate_aligned(kernel->scratch_bytes());
    SerialParallel parallel;
    kernel->run({inputs, pointers, scratch.get(), parallel});

    std::vector<Tensor> results;
    for (Output& output : outputs) results.push_back(output.take());
    return results;
  }

 private:
  /// Memory of one output: bytes that no kernel may leave as they are, or strings.
  struct Output {
    explicit Output(const TensorSpec& wanted) : spec(wanted) {
      const auto size = static_cast<std::size_t>(spec.shape.size());
      if (spec.dtype == DType::String) {
        strings.resize(size);
      } else {
        bytes = size * element_size(spec.dtype);
        memory = allocate_aligned(bytes);
        if (bytes > 0) std::memset(memory.get(), 0xAB, bytes);
      }
    }
    void* data() {
      return spec.dtype == DType::String ? static_cast<void*>(strings.data()) : memory.get();
    }
    Tensor take() {
      if (spec.dtype == DType::String) return Tensor::of(std::move(strings), spec.shape);
      const std::byte* first = memory.get();
      return Tensor::from_bytes(spec.dtype, spec.shape, Bytes(memory, {first, bytes}));
    }

    TensorSpec spec;
    std::size_t bytes = 0;
    std::shared_ptr<std::byte> memory;
    std::vector<std::string> strings;
  };

  std::string set_;
  bool as_constants_;
  ScopedEvaluator scope_;
};

/// The elements, for comparison.
template <class T>
std::vector<T> values(const Tensor& x) {
  const auto data = x.data<T>();
  return std::vector<T>(data.begin(), data.end());
}

inline void expect_near(const Tensor& x, const std::vector<float>& expected, double tolerance) {
  const std::vector<float> actual = values<float>(x);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i], tolerance) << i;
  }
}

}  // namespace tfjs::kernels::testing
