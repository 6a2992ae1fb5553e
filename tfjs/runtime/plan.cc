// A run does as little as it can: it takes memory whose pointers were all worked out before, fills
// in those of the inputs and of the tensors it will return, and calls the kernels one after the
// other.
#include "tfjs/runtime/plan.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "tfjs/base/error.h"
#include "tfjs/program/dump.h"
#include "tfjs/runtime/internal/run_memory.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs::runtime {
namespace {

using internal::OutputBuffer;
using internal::Place;
using internal::RunMemory;
using program::Program;
using program::Step;
using program::ValueId;

constexpr std::size_t kLeastSpareBytes = 32 << 20;
constexpr std::size_t kSmallConstantBytes = 64 << 10;

bool has_bytes(const Tensor& constant) {
  return !constant.is_empty() && constant.dtype() != DType::String;
}

/// What kernels may take beyond the size of the constants. Large models have a sixteenth: 512 MiB
/// of weights should not make a process of more than 1.15 times that.
std::size_t spare_bytes_of(const Program& program) {
  std::size_t constants = 0;
  for (const program::Value& value : program.values) {
    if (has_bytes(value.constant)) constants += value.constant.bytes().size();
  }
  return std::max(kLeastSpareBytes, constants / 16);
}

/// Copies a step's small constants out of mapped files. Where the system maps 2 MiB at a time, a
/// bias that is read in each run would keep the packed, long forgotten weights around it in memory.
void copy_small_constants(Program& program, const Step& step) {
  for (ValueId id : step.inputs) {
    Tensor& constant = program.values.at(id).constant;
    if (!has_bytes(constant)) continue;
    const Bytes& bytes = constant.bytes();
    if (!bytes.can_let_go() || bytes.size() > kSmallConstantBytes) continue;
    const Tensor copy =
        Tensor::from_bytes(constant.dtype(), constant.shape(), Bytes::copy_of(bytes.span()));
    bytes.let_go();
    constant = copy;
  }
}

std::unique_ptr<Kernel> make_kernel(const Program& program, const Step& step, int threads,
                                    const KernelRegistry& kernels, std::string_view only_set,
                                    std::size_t& spare_bytes) {
  std::vector<TensorSpec> inputs, outputs;
  std::vector<Tensor> constants;
  for (ValueId id : step.inputs) {
    inputs.push_back(program.values.at(id).spec);
    constants.push_back(program.values.at(id).constant);
  }
  for (ValueId id : step.outputs) outputs.push_back(program.values.at(id).spec);
  const bool has_elements = std::any_of(
      outputs.begin(), outputs.end(), [](const TensorSpec& spec) { return spec.shape.size() > 0; });
  if (!has_elements || internal::is_alias(step)) return nullptr;
  return kernels.make({*step.op, step.options, inputs, constants, outputs, threads, &spare_bytes},
                      only_set);
}

/// Lets go of constants that only kernels with a copy of their own have, each as soon as the last
/// of these kernels is made: the weights should not be in memory twice, and not for longer than it
/// takes to pack one.
class ConstantRelease {
 public:
  explicit ConstantRelease(Program& program)
      : program_(program), is_read_(program.values.size(), 0), last_uses_(program.values.size()) {
    for (ValueId id : program.outputs) is_read_.at(id) = 1;
    for (std::size_t i = 0; i < program.steps.size(); ++i) {
      for (ValueId id : program.steps[i].inputs) last_uses_.at(id) = i;
    }
  }

  void kernel_made(std::size_t index, const Kernel* kernel) {
    const Step& step = program_.steps[index];
    for (std::size_t k = 0; k < step.inputs.size(); ++k) {
      const bool is_read =
          internal::is_alias(step) || (kernel != nullptr && kernel->reads_input(k));
      if (is_read) is_read_[step.inputs[k]] = 1;
    }
    for (ValueId id : step.inputs) {
      if (last_uses_[id] == index && !is_read_[id]) let_go(program_.values[id].constant);
    }
  }
  /// Reading the constants of later steps may have brought pages back whose constants were let go.
  void all_made() const {
    for (const Bytes& bytes : mapped_) bytes.let_go();
  }

 private:
  /// Packed weights live in the kernel from now on; those of a mapped file need not stay in memory
  /// beside them.
  void let_go(Tensor& constant) {
    if (has_bytes(constant) && constant.bytes().can_let_go()) {
      constant.bytes().let_go();
      mapped_.push_back(constant.bytes());
    }
    constant = Tensor();
  }

  Program& program_;
  std::vector<char> is_read_;
  std::vector<std::size_t> last_uses_;
  std::vector<Bytes> mapped_;  ///< let go already
};

}  // namespace

struct Plan::Impl {
  Program program;
  int threads = 1;
  std::vector<char> constants;                   // per value, also those let go
  std::vector<std::unique_ptr<Kernel>> kernels;  // per step; null when there is nothing to compute
  internal::PlanLayout layout;
  internal::PointerTable table;
  mutable internal::RunMemoryPool idle_memory;

  void check_inputs(const std::vector<Tensor>& inputs) const {
    if (inputs.size() != program.inputs.size()) {
      throw invalid_argument("plan: needs ", program.inputs.size(), " inputs, got ", inputs.size());
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const TensorSpec& expected = program.values[program.inputs[i]].spec;
      if (inputs[i].is_empty() || inputs[i].spec() != expected) {
        throw invalid_argument("plan: input ", i, " must be ", expected, ", got ",
                               inputs[i].is_empty() ? "nothing" : cat(inputs[i].spec()));
      }
    }
  }

  /// Memory for one run that goes back to the pool whatever happens.
  class Lease {
   public:
    Lease(const Impl& impl, int threads) : impl_(impl), memory_(impl.idle_memory.take()) {
      if (memory_ == nullptr) {
        memory_ = std::make_unique<RunMemory>(impl.program, impl.layout, impl.table);
      }
      if (memory_->threads != threads) {
        memory_->parallel = make_parallel(threads);
        memory_->threads = threads;
      }
    }
    ~Lease() { impl_.idle_memory.give_back(std::move(memory_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    RunMemory* operator->() const { return memory_.get(); }

   private:
    const Impl& impl_;
    std::unique_ptr<RunMemory> memory_;
  };

  void point_to(const std::vector<Tensor>& inputs, const Lease& memory) const {
    for (const internal::Patch& patch : table.from_inputs) {
      // Inputs of steps only: kernels read them.
      memory->pointers[patch.pointer] = const_cast<void*>(inputs[patch.index].raw_data());
    }
    for (ValueId id : layout.buffers) memory->buffers.emplace_back(program.values[id].spec);
    for (const internal::Patch& patch : table.from_buffers) {
      memory->pointers[patch.pointer] = memory->buffers[patch.index].data();
    }
  }

  void run_step(std::size_t index, const Lease& memory) const {
    if (kernels[index] == nullptr) return;
    const Step& step = program.steps[index];
    void* const* pointers = memory->pointers.data();
    kernels[index]->run({{pointers + table.steps[index].inputs, step.inputs.size()},
                         {pointers + table.steps[index].outputs, step.outputs.size()},
                         memory->arena.get() + layout.scratch_offsets[index],
                         *memory->parallel});
  }

  std::vector<Tensor> collect(const std::vector<Tensor>& inputs, const Lease& memory) const {
    std::vector<Tensor> finished(layout.buffers.size());
    std::vector<Tensor> results;
    results.reserve(program.outputs.size());
    for (ValueId id : program.outputs) {
      const Place& place = layout.places[id];
      const Shape& shape = program.values[id].spec.shape;
      Tensor result;
      if (place.kind == Place::Kind::Input) {
        result = inputs[place.index];
      } else if (place.kind == Place::Kind::Constant) {
        result = program.values[place.index].constant;
      } else {
        result = finished[place.index];
        if (result.is_empty()) {
          const ValueId made_for = layout.buffers[place.index];
          result = memory->buffers[place.index].finish(program.values[made_for].spec);
          finished[place.index] = result;
        }
      }
      results.push_back(result.shape() == shape ? std::move(result) : result.with_shape(shape));
    }
    return results;
  }
};

Plan::Plan(Program program, const PlanOptions& options, const KernelRegistry& kernels)
    : impl_(std::make_unique<Impl>()) {
  if (options.threads < 1)
    throw invalid_argument("plan: threads must be at least 1, got ", options.threads);
  impl_->program = std::move(program);
  impl_->threads = std::min(options.threads, most_threads());
  Program& kept = impl_->program;
  impl_->constants = internal::constants_of(kept);
  std::size_t spare_bytes = spare_bytes_of(kept);
  ConstantRelease release(kept);
  for (std::size_t i = 0; i < kept.steps.size(); ++i) {
    copy_small_constants(kept, kept.steps[i]);
    impl_->kernels.push_back(make_kernel(kept, kept.steps[i], impl_->threads, kernels,
                                         options.only_kernel_set, spare_bytes));
    release.kernel_made(i, impl_->kernels.back().get());
  }
  release.all_made();
  impl_->layout = internal::lay_out(kept, impl_->constants, impl_->kernels);
  impl_->table = internal::PointerTable(kept, impl_->layout);
}

Plan::~Plan() = default;

std::vector<Tensor> Plan::run(const std::vector<Tensor>& inputs) const {
  return run(inputs, impl_->threads);
}

std::vector<Tensor> Plan::run(const std::vector<Tensor>& inputs, int threads) const {
  if (threads < 1) throw invalid_argument("plan: threads must be at least 1, got ", threads);
  impl_->check_inputs(inputs);
  const Impl::Lease memory(*impl_, std::min(threads, impl_->threads));
  impl_->point_to(inputs, memory);
  for (std::size_t i = 0; i < impl_->kernels.size(); ++i) impl_->run_step(i, memory);
  return impl_->collect(inputs, memory);
}

std::vector<Plan::StepTime> Plan::profile(const std::vector<Tensor>& inputs, int threads,
                                          int rounds) const {
  using Clock = std::chrono::steady_clock;
  std::vector<StepTime> times;
  for (const Step& step : impl_->program.steps) {
    std::string text = cat(step.op->name, program::describe_options(step));
    for (ValueId id : step.inputs) {
      if (!impl_->constants[id]) text += cat(" ", impl_->program.values[id].spec);
    }
    text += " ->";
    for (ValueId id : step.outputs) text += cat(" ", impl_->program.values[id].spec);
    times.push_back({std::move(text), std::numeric_limits<double>::infinity()});
  }
  impl_->check_inputs(inputs);
  for (int round = 0; round < rounds; ++round) {
    const Impl::Lease memory(*impl_, std::clamp(threads, 1, impl_->threads));
    impl_->point_to(inputs, memory);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto begin = Clock::now();
      impl_->run_step(i, memory);
      const std::chrono::duration<double, std::micro> time = Clock::now() - begin;
      times[i].microseconds = std::min(times[i].microseconds, time.count());
    }
  }
  return times;
}

std::size_t Plan::arena_bytes() const {
  return impl_->layout.arena_bytes;
}

const Program& Plan::program() const {
  return impl_->program;
}

}  // namespace tfjs::runtime
