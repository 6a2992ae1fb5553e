// The evaluator outside of traces: a kernel is made for the one call, run and thrown away.
#include "tfjs/base/error.h"
#include "tfjs/ops/movement.h"
#include "tfjs/runtime/internal/output_buffer.h"
#include "tfjs/runtime/kernel_registry.h"
#include "tfjs/runtime/plan.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs {
namespace {

using runtime::internal::OutputBuffer;

class Eager final : public Evaluator {
 public:
  std::vector<Tensor> evaluate(OpCall call) override {
    for (const Tensor& input : call.inputs) {
      if (input.is_empty()) throw internal_error(call.op->name, ": an input is an empty tensor");
      if (input.is_traced()) {
        throw internal_error(call.op->name, ": a tensor of a trace was used outside of it");
      }
    }
    if (call.op == &ops::kReshape) return {call.inputs[0].with_shape(call.outputs[0].shape)};

    std::vector<OutputBuffer> buffers;
    buffers.reserve(call.outputs.size());
    std::int64_t elements = 0;
    for (const TensorSpec& spec : call.outputs) {
      buffers.emplace_back(spec);
      elements += spec.shape.size();
    }
    if (elements > 0) compute(call, buffers);
    std::vector<Tensor> results;
    results.reserve(buffers.size());
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      results.push_back(buffers[i].finish(call.outputs[i]));
    }
    return results;
  }

 private:
  static void compute(const OpCall& call, std::vector<OutputBuffer>& buffers) {
    const int threads = runtime::default_threads();
    std::vector<TensorSpec> specs;
    std::vector<const void*> inputs;
    std::vector<void*> outputs;
    for (const Tensor& input : call.inputs) {
      specs.push_back(input.spec());
      inputs.push_back(input.raw_data());
    }
    for (OutputBuffer& buffer : buffers) outputs.push_back(buffer.data());
    // Everything is known, so a kernel that wants constant weights takes eager calls too.
    const std::unique_ptr<runtime::Kernel> kernel = runtime::builtin_kernels().make(
        {*call.op, call.options, specs, call.inputs, call.outputs, threads});
    std::shared_ptr<std::byte> scratch;
    if (kernel->scratch_bytes() > 0) scratch = allocate_aligned(kernel->scratch_bytes());
    const std::unique_ptr<runtime::Parallel> parallel = runtime::make_parallel(threads);
    kernel->run({inputs, outputs, scratch.get(), *parallel});
  }
};

}  // namespace

Evaluator& default_evaluator() {
  static Eager evaluator;
  return evaluator;
}

}  // namespace tfjs
