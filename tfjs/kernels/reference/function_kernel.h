// Makes a Kernel of one function, with what reference kernels may want to say about themselves.
#pragma once

#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

struct FunctionKernelTraits {
  std::size_t scratch_bytes = 0;
  std::vector<std::size_t> overwritable_inputs;  ///< indices for Kernel::can_overwrite_input
};

template <class Function>
class FunctionKernel final : public runtime::Kernel {
 public:
  FunctionKernel(Function function, FunctionKernelTraits traits)
      : function_(std::move(function)), traits_(std::move(traits)) {}

  void run(const runtime::KernelRun& run) const override { function_(run); }
  std::size_t scratch_bytes() const override { return traits_.scratch_bytes; }
  bool can_overwrite_input(std::size_t index) const override {
    for (std::size_t input : traits_.overwritable_inputs) {
      if (input == index) return true;
    }
    return false;
  }

 private:
  Function function_;
  FunctionKernelTraits traits_;
};

/// `function` takes a const KernelRun& and owns what it captures.
template <class Function>
std::unique_ptr<runtime::Kernel> function_kernel(Function function,
                                                 FunctionKernelTraits traits = {}) {
  return std::make_unique<FunctionKernel<Function>>(std::move(function), std::move(traits));
}

}  // namespace tfjs::kernels
