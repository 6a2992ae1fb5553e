#include <deque>
#include <mutex>

#include "tfjs/program/optimise.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

// A program that predicts with ever new batch sizes must not collect plans, and their packed
// weights, for ever.
constexpr std::size_t kMostPlans = 32;

struct Signature {
  std::vector<TensorSpec> inputs;
  int threads = 1;
  std::string kernel_set;
  bool operator==(const Signature&) const = default;
};

struct Entry {
  Signature signature;
  std::shared_ptr<const Plan> plan;
};

}  // namespace

struct CompiledFunction::Impl {
  program::TracedFn fn;
  std::mutex build_mutex;  // held while a plan is built: one thread builds, the others wait for it
  std::mutex mutex;        // guards what follows
  std::deque<Entry> entries;  // the oldest first
  int generation = 0;         // counts clear()

  std::shared_ptr<const Plan> find(const Signature& signature, int& found_generation) {
    std::lock_guard lock(mutex);
    found_generation = generation;
    for (const Entry& entry : entries) {
      if (entry.signature == signature) return entry.plan;
    }
    return nullptr;
  }

  void keep(Entry entry, int built_generation) {
    std::lock_guard lock(mutex);
    if (built_generation != generation) return;  // made of weights from before a clear()
    if (entries.size() == kMostPlans) entries.pop_front();
    entries.push_back(std::move(entry));
  }
};

CompiledFunction::CompiledFunction(program::TracedFn fn) : impl_(std::make_unique<Impl>()) {
  impl_->fn = std::move(fn);
}

CompiledFunction::~CompiledFunction() = default;

std::shared_ptr<const Plan> CompiledFunction::plan(const std::vector<TensorSpec>& inputs,
                                                   const PlanOptions& options) {
  Signature signature{inputs, options.threads, options.only_kernel_set};
  int generation = 0;
  if (auto plan = impl_->find(signature, generation)) return plan;
  std::lock_guard lock(impl_->build_mutex);
  if (auto plan = impl_->find(signature, generation)) return plan;
  auto plan =
      std::make_shared<const Plan>(program::optimise(program::trace(inputs, impl_->fn)), options);
  impl_->keep({std::move(signature), plan}, generation);
  return plan;
}

std::vector<Tensor> CompiledFunction::operator()(const std::vector<Tensor>& inputs,
                                                 const PlanOptions& options) {
  std::vector<TensorSpec> specs;
  specs.reserve(inputs.size());
  for (const Tensor& input : inputs) {
    if (input.is_traced()) return impl_->fn(inputs);  // becomes part of the trace that is going on
    specs.push_back(input.spec());
  }
  return plan(specs, options)->run(inputs);
}

void CompiledFunction::clear() {
  std::lock_guard lock(impl_->mutex);
  impl_->entries.clear();
  ++impl_->generation;
}

}  // namespace tfjs::runtime
