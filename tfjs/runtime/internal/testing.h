// A few ops with kernels of their own, so that tests of plans need no others.
#pragma once

#include <algorithm>
#include <atomic>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/program/program.h"
#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::runtime::internal {

inline const Op kIncrement{"Increment", {}};  ///< x + 1; may write over x
inline const Op kPlus{"Plus", {}};            ///< x + y of equal sizes; may write over x, not y
inline const Op kSplitSign{"SplitSign", {}};  ///< max(x, 0) and min(x, 0)
inline const Op kScaled{"Scaled",
                        {}};  ///< x * factor, a constant that the kernel copies; uses scratch
inline const Op kRefuse{"Refuse", {}};  ///< x, or InvalidArgument when x[0] is negative
inline const Op kShout{"Shout", {}};    ///< every string with "!"

/// How often a kernel wrote over an input.
inline std::atomic<int> overwrites{0};

template <class Run>
class TestKernel : public Kernel {
 public:
  TestKernel(const KernelSetup& setup, Run run)
      : run_(run), size_(static_cast<std::size_t>(setup.inputs[0].shape.size())) {}
  void run(const KernelRun& run) const override {
    if (run.inputs[0] == run.outputs[0]) ++overwrites;
    run_(run, size_);
  }

 private:
  Run run_;
  std::size_t size_;
};

template <class Run>
class OverwritingKernel final : public TestKernel<Run> {
 public:
  using TestKernel<Run>::TestKernel;
  bool can_overwrite_input(std::size_t index) const override { return index == 0; }
};

class ScaledKernel final : public Kernel {
 public:
  explicit ScaledKernel(const KernelSetup& setup)
      : factor_(setup.constants[1].data<float>()[0]),
        size_(static_cast<std::size_t>(setup.inputs[0].shape.size())) {}
  std::size_t scratch_bytes() const override { return size_ * sizeof(float); }
  bool reads_input(std::size_t index) const override { return index == 0; }
  void run(const KernelRun& run) const override {
    auto* scratch = reinterpret_cast<float*>(run.scratch);
    std::copy_n(run.input<float>(0), size_, scratch);
    std::transform(scratch, scratch + size_, run.output<float>(0),
                   [this](float x) { return x * factor_; });
  }

 private:
  float factor_;
  std::size_t size_;
};

inline std::unique_ptr<Kernel> make_increment(const KernelSetup& setup) {
  const auto run = [](const KernelRun& run, std::size_t size) {
    std::transform(run.input<float>(0), run.input<float>(0) + size, run.output<float>(0),
                   [](float x) { return x + 1; });
  };
  return std::make_unique<OverwritingKernel<decltype(run)>>(setup, run);
}

inline std::unique_ptr<Kernel> make_plus(const KernelSetup& setup) {
  const auto run = [](const KernelRun& run, std::size_t size) {
    std::transform(run.input<float>(0), run.input<float>(0) + size, run.input<float>(1),
                   run.output<float>(0), std::plus<float>());
  };
  return std::make_unique<OverwritingKernel<decltype(run)>>(setup, run);
}

inline std::unique_ptr<Kernel> make_split_sign(const KernelSetup& setup) {
  const auto run = [](const KernelRun& run, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      run.output<float>(0)[i] = std::max(run.input<float>(0)[i], 0.0f);
      run.output<float>(1)[i] = std::min(run.input<float>(0)[i], 0.0f);
    }
  };
  return std::make_unique<TestKernel<decltype(run)>>(setup, run);
}

inline std::unique_ptr<Kernel> make_scaled(const KernelSetup& setup) {
  if (setup.constants[1].is_empty()) return nullptr;
  return std::make_unique<ScaledKernel>(setup);
}

inline std::unique_ptr<Kernel> make_refuse(const KernelSetup& setup) {
  const auto run = [](const KernelRun& run, std::size_t size) {
    if (run.input<float>(0)[0] < 0) throw invalid_argument("refuse: x[0] is negative");
    std::copy_n(run.input<float>(0), size, run.output<float>(0));
  };
  return std::make_unique<TestKernel<decltype(run)>>(setup, run);
}

inline std::unique_ptr<Kernel> make_shout(const KernelSetup& setup) {
  const auto run = [](const KernelRun& run, std::size_t size) {
    std::transform(run.input<std::string>(0), run.input<std::string>(0) + size,
                   run.output<std::string>(0), [](const std::string& text) { return text + "!"; });
  };
  return std::make_unique<TestKernel<decltype(run)>>(setup, run);
}

inline const KernelRegistry& test_kernels() {
  static const KernelRegistry registry = [] {
    KernelRegistry kernels;
    kernels.add("Increment", "test", make_increment);
    kernels.add("Plus", "test", make_plus);
    kernels.add("SplitSign", "test", make_split_sign);
    kernels.add("Scaled", "test", make_scaled);
    kernels.add("Refuse", "test", make_refuse);
    kernels.add("Shout", "test", make_shout);
    return kernels;
  }();
  return registry;
}

inline std::vector<Tensor> call(const Op& op, std::vector<Tensor> inputs, int outputs = 1) {
  const std::vector<TensorSpec> specs(outputs, inputs[0].spec());
  return current_evaluator().evaluate({&op, {}, std::move(inputs), specs});
}
inline Tensor increment(const Tensor& x) {
  return call(kIncrement, {x})[0];
}
inline Tensor plus(const Tensor& x, const Tensor& y) {
  return call(kPlus, {x, y})[0];
}

}  // namespace tfjs::runtime::internal
