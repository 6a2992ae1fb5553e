#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>

#include "tfjs/base/error.h"
#include "tfjs/program/optimise.h"
#include "tfjs/runtime/batch_slices.h"
#include "tfjs/runtime/internal/slice_runner.h"
#include "tfjs/runtime/plan.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs::runtime {
namespace {

// A program that predicts with ever new batch sizes must not collect plans, and their packed
// weights, for ever.
constexpr std::size_t kMostPlans = 32;

}  // namespace

struct CompiledFunction::Impl {
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

  struct CostEntry {
    std::vector<TensorSpec> sample;
    std::optional<SampleCost> cost;
  };

  program::TracedFn fn;
  std::mutex build_mutex;  // held while a plan is built: one thread builds, the others wait for it
  std::mutex mutex;        // guards what follows
  std::deque<Entry> entries;  // the oldest first
  std::deque<CostEntry> costs;
  int generation = 0;  // counts clear()

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

  /// What one sample of these specs costs, from a trace that is not optimised: folding weights
  /// would take longer than a wrong guess costs. Nothing when the function does not take single
  /// samples.
  std::optional<SampleCost> cost_of(const std::vector<TensorSpec>& sample) {
    {
      std::lock_guard lock(mutex);
      for (const CostEntry& entry : costs) {
        if (entry.sample == sample) return entry.cost;
      }
    }
    std::lock_guard build_lock(build_mutex);
    std::optional<SampleCost> cost;
    try {
      cost = sample_cost(program::trace(sample, fn));
    } catch (const Error&) {
      // A batch size written into the function; a real error comes up again when the whole is
      // computed.
    }
    std::lock_guard lock(mutex);
    if (costs.size() == kMostPlans) costs.pop_front();
    costs.push_back({sample, cost});
    return cost;
  }
};

CompiledFunction::CompiledFunction(program::TracedFn fn) : impl_(std::make_unique<Impl>()) {
  impl_->fn = std::move(fn);
}

CompiledFunction::~CompiledFunction() = default;

std::shared_ptr<const Plan> CompiledFunction::plan(const std::vector<TensorSpec>& inputs,
                                                   const PlanOptions& options) {
  Impl::Signature signature{inputs, options.threads, options.only_kernel_set};
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

std::vector<Tensor> CompiledFunction::run_batch(const std::vector<Tensor>& inputs,
                                                const PlanOptions& options) {
  std::vector<TensorSpec> specs;
  for (const Tensor& input : inputs) specs.push_back(input.spec());
  const bool is_batch = !specs.empty() && specs[0].shape.rank() > 0 && specs[0].shape[0] > 1;
  if (!is_batch || !internal::can_be_cut(specs, specs[0].shape[0]) || inputs[0].is_traced()) {
    return (*this)(inputs, options);
  }
  const std::int64_t batch = specs[0].shape[0];
  const auto cost = impl_->cost_of(internal::specs_for(inputs, 1));
  if (!cost) return (*this)(inputs, options);
  const BatchSlices slices = choose_slices(batch, *cost, std::min(options.threads, most_threads()));
  if (slices.samples == batch) return (*this)(inputs, options);

  // Slices use the plan that a call with so few samples would use, so that its packed weights are
  // there once.
  const auto slice_plan = plan(internal::specs_for(inputs, slices.samples), options);
  std::shared_ptr<const Plan> last_plan;
  const std::int64_t rest = batch % slices.samples;
  if (rest > 0) last_plan = plan(internal::specs_for(inputs, rest), options);
  for (const auto& [used, samples] :
       {std::pair(slice_plan, slices.samples), std::pair(last_plan, rest)}) {
    if (used == nullptr) continue;
    std::vector<TensorSpec> results;
    for (program::ValueId id : used->program().outputs) {
      results.push_back(used->program().values[id].spec);
    }
    if (!internal::can_be_cut(results, samples)) return (*this)(inputs, options);
  }
  return internal::run_slices(*slice_plan, last_plan.get(), inputs, slices, options.threads);
}

void CompiledFunction::clear() {
  std::lock_guard lock(impl_->mutex);
  impl_->entries.clear();
  impl_->costs.clear();
  ++impl_->generation;
}

}  // namespace tfjs::runtime
