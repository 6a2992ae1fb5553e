#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "tfjs/kernels/simd/against_reference.h"
#include "tfjs/kernels/simd/target_choice.h"
#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::kernels {
namespace {

/// Pieces in turn, the last first, each under its own thread's number.
class Pieces final : public runtime::Parallel {
 public:
  explicit Pieces(int threads) : threads_(threads) {}
  int threads() const override { return threads_; }
  void for_range(std::int64_t count, std::int64_t grain,
                 const std::function<void(std::int64_t, std::int64_t, int)>& body) override {
    if (count <= 0) return;
    const std::int64_t most = std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, grain));
    const std::int64_t pieces = std::min<std::int64_t>(most, threads_);
    for (std::int64_t i = pieces - 1; i >= 0; --i) {
      body(i * count / pieces, (i + 1) * count / pieces, static_cast<int>(i));
    }
  }

 private:
  int threads_;
};

/// Exactly so many bytes, 64-byte aligned, each 0xff: NaN as floats.
struct Memory {
  explicit Memory(std::size_t bytes)
      : data(static_cast<std::byte*>(::operator new[](bytes, std::align_val_t(64)))) {
    std::memset(data, 0xff, bytes);
  }
  ~Memory() { ::operator delete[](data, std::align_val_t(64)); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  std::byte* data;
};

struct Runner {
  const KernelCase& test;
  std::vector<Tensor> inputs;
  std::vector<Tensor> constants;

  explicit Runner(const KernelCase& t) : test(t), constants(t.inputs.size()) {
    for (std::size_t i = 0; i < t.inputs.size(); ++i) {
      inputs.push_back(random_tensor(t.inputs[i], static_cast<unsigned>(i + 1), t.low, t.high));
    }
    for (std::size_t i : t.constant_inputs) constants[i] = inputs[i];
  }

  std::unique_ptr<runtime::Kernel> make(const char* set, int threads) const {
    std::size_t spare_bytes = std::numeric_limits<std::size_t>::max();
    return runtime::builtin_kernels().make(
        {test.op, test.options, test.inputs, constants, test.outputs, threads, &spare_bytes}, set);
  }

  /// The bytes of every output. `overwritten`: the input in whose memory output 0 is written, or
  /// -1.
  std::vector<std::vector<std::byte>> run(const runtime::Kernel& kernel, int threads,
                                          int overwritten = -1) const {
    std::vector<const void*> in;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      in.push_back(kernel.reads_input(i) ? inputs[i].raw_data() : nullptr);
    }
    std::vector<std::unique_ptr<Memory>> memory;
    std::vector<void*> out;
    std::vector<std::size_t> sizes;
    for (const TensorSpec& spec : test.outputs) {
      sizes.push_back(static_cast<std::size_t>(spec.shape.size()) * element_size(spec.dtype));
      memory.push_back(std::make_unique<Memory>(sizes.back()));
      out.push_back(memory.back()->data);
    }
    if (overwritten >= 0) {
      const std::size_t i = static_cast<std::size_t>(overwritten);
      std::memcpy(out[0], inputs[i].raw_data(), sizes[0]);
      in[i] = out[0];
    }
    const Memory scratch(kernel.scratch_bytes());
    Pieces parallel(threads);
    kernel.run({in, out, scratch.data, parallel});
    std::vector<std::vector<std::byte>> results;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::byte* bytes = static_cast<const std::byte*>(out[i]);
      results.emplace_back(bytes, bytes + sizes[i]);
    }
    return results;
  }
};

void expect_near_bytes(const std::vector<std::byte>& actual, const std::vector<std::byte>& expected,
                       DType dtype, double tolerance, const std::string& what) {
  if (dtype != DType::Float32) {
    EXPECT_EQ(actual, expected) << what;
    return;
  }
  const float* a = reinterpret_cast<const float*>(actual.data());
  const float* e = reinterpret_cast<const float*>(expected.data());
  for (std::size_t i = 0; i < expected.size() / sizeof(float); ++i) {
    if (std::isnan(e[i]) && std::isnan(a[i])) continue;
    if (a[i] == e[i]) continue;
    ASSERT_NEAR(a[i], e[i], tolerance * (1 + std::fabs(e[i]))) << what << ", element " << i;
  }
}

}  // namespace

Tensor random_tensor(const TensorSpec& spec, unsigned seed, float low, float high) {
  std::mt19937 random(seed);
  const auto next = [&] {
    return low + (high - low) * static_cast<float>(random() % 65536) / 65536.0f;
  };
  const std::size_t count = static_cast<std::size_t>(spec.shape.size());
  const auto make = [&](auto zero) {
    std::vector<decltype(zero)> values(count);
    for (auto& value : values) value = static_cast<decltype(zero)>(next());
    return Tensor::of(values, spec.shape);
  };
  if (spec.dtype == DType::Int32) return make(std::int32_t{});
  if (spec.dtype == DType::Bool) return make(std::uint8_t{});
  return make(float{});
}

void expect_like_reference(const KernelCase& test, const std::string& what) {
  const Runner runner(test);
  const auto expected = runner.run(*runner.make("reference", 1), 1);
  const auto compare = [&](const std::vector<std::vector<std::byte>>& actual,
                           const std::string& how) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expect_near_bytes(actual[i], expected[i], test.outputs[i].dtype, test.tolerance,
                        what + " " + how + ", output " + std::to_string(i));
    }
  };
  const std::vector<std::string_view> targets = usable_targets();
  for (const std::string_view target : targets) {
    choose_target(target);
    for (int threads : {1, 3}) {
      const std::string how = "with " + std::string(target) + " on " + std::to_string(threads);
      const std::unique_ptr<runtime::Kernel> kernel = runner.make("simd", threads);
      compare(runner.run(*kernel, threads), how);
      if (threads > 1) compare(runner.run(*kernel, 1), how + " but run on 1");
      for (std::size_t i = 0; i < test.inputs.size(); ++i) {
        if (!kernel->can_overwrite_input(i) || !kernel->reads_input(i)) continue;
        if (test.inputs[i].shape.size() != test.outputs[0].shape.size()) continue;
        compare(runner.run(*kernel, threads, static_cast<int>(i)),
                how + " over input " + std::to_string(i));
      }
    }
  }
  choose_target(targets.front());
}

}  // namespace tfjs::kernels
