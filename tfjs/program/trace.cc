// Tracing: a function of tensors is called once with tensors that stand for its inputs, while a
// recording evaluator is the current one. A call with at least one traced input becomes a step; any
// other call runs at once.
#include <atomic>
#include <unordered_map>

#include "tfjs/base/error.h"
#include "tfjs/program/internal/dead_code.h"
#include "tfjs/program/program.h"

namespace tfjs::program {
namespace {

/// Names one recording for good. An address would not: the next Recorder may live where the last
/// one did, and a tensor kept from that one must not pass for a tensor of this one.
const void* next_recording() {
  static std::atomic<std::uintptr_t> last{0};
  return reinterpret_cast<const void*>(++last);
}

class Recorder final : public Evaluator {
 public:
  Tensor add_input(const TensorSpec& spec) {
    const ValueId id = add_value(spec);
    program_.inputs.push_back(id);
    return Tensor::traced(spec, {recording_, id});
  }

  std::vector<Tensor> evaluate(OpCall call) override {
    bool any_traced = false;
    for (const Tensor& input : call.inputs) {
      if (input.is_empty()) throw internal_error(call.op->name, ": an input is an empty tensor");
      any_traced = any_traced || input.is_traced();
    }
    if (!any_traced) return default_evaluator().evaluate(std::move(call));

    Step step;
    step.op = call.op;
    step.options = std::move(call.options);
    step.inputs.reserve(call.inputs.size());
    for (const Tensor& input : call.inputs) step.inputs.push_back(id_of(input, call.op->name));
    std::vector<Tensor> results;
    results.reserve(call.outputs.size());
    for (TensorSpec& spec : call.outputs) {
      const ValueId id = add_value(spec);
      step.outputs.push_back(id);
      results.push_back(Tensor::traced(std::move(spec), {recording_, id}));
    }
    program_.steps.push_back(std::move(step));
    return results;
  }

  Program finish(const std::vector<Tensor>& outputs) {
    for (const Tensor& output : outputs) {
      if (output.is_empty()) throw internal_error("trace: an output is an empty tensor");
      program_.outputs.push_back(id_of(output, "trace"));
    }
    drop_dead(program_);
    return std::move(program_);
  }

 private:
  ValueId add_value(const TensorSpec& spec) {
    if (!spec.shape.is_known()) {
      throw internal_error("trace: a value has the shape ", spec.shape,
                           ", every dimension must be known");
    }
    program_.values.push_back({spec, Tensor()});
    return static_cast<ValueId>(program_.values.size()) - 1;
  }

  ValueId id_of(const Tensor& tensor, std::string_view what) {
    if (const auto traced = tensor.traced_value()) {
      if (traced->recorder != recording_) {
        throw internal_error(what,
                             ": a tensor of another trace was used (kept from an earlier call?)");
      }
      return traced->id;
    }
    // The program holds every constant, so a buffer's address names it for as long as the recording
    // lasts.
    const auto [entry, is_new] = constants_.try_emplace(tensor.identity(), 0);
    if (is_new) {
      entry->second = add_value(tensor.spec());
      program_.values[entry->second].constant = tensor;
    }
    return entry->second;
  }

  const void* recording_ = next_recording();
  Program program_;
  std::unordered_map<const void*, ValueId> constants_;
};

}  // namespace

Program trace(const std::vector<TensorSpec>& inputs, const TracedFn& fn) {
  Recorder recorder;
  std::vector<Tensor> arguments;
  arguments.reserve(inputs.size());
  for (const TensorSpec& spec : inputs) arguments.push_back(recorder.add_input(spec));
  std::vector<Tensor> results;
  {
    ScopedEvaluator scope(recorder);
    results = fn(arguments);
  }
  return recorder.finish(results);
}

}  // namespace tfjs::program
