// Three things keep memory small and warm in cache: reshapes are other names of their input; an
// elementwise kernel writes over an input that nobody needs afterwards; all that is left shares one
// arena (memory_plan.h). Values that the run returns are written where they are returned, by the
// kernel that computes them.
#include "tfjs/runtime/internal/plan_layout.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/ops/movement.h"
#include "tfjs/runtime/internal/memory_plan.h"

namespace tfjs::runtime::internal {
namespace {

using program::Program;
using program::Step;
using program::ValueId;

class LayoutBuilder {
 public:
  LayoutBuilder(const Program& program, const std::vector<char>& constants,
                const std::vector<std::unique_ptr<Kernel>>& kernels)
      : program_(program), constants_(constants), kernels_(kernels) {}

  PlanLayout build() {
    find_roots();
    find_last_uses();
    choose_places();
    place_in_arena();
    return std::move(layout_);
  }

 private:
  /// The value whose bytes `id` names: follows reshapes.
  void find_roots() {
    roots_.assign(program_.values.size(), -1);
    layout_.places.resize(program_.values.size());
    for (std::size_t i = 0; i < program_.inputs.size(); ++i) {
      define(program_.inputs[i], program_.inputs[i]);
      layout_.places[program_.inputs[i]] = {Place::Kind::Input, i};
    }
    for (std::size_t id = 0; id < program_.values.size(); ++id) {
      if (!constants_[id]) continue;
      define(static_cast<ValueId>(id), static_cast<ValueId>(id));
      layout_.places[id] = {Place::Kind::Constant, id};
    }
    for (const Step& step : program_.steps) {
      for (ValueId id : step.inputs) {
        if (roots_.at(id) < 0) {
          throw internal_error("plan: ", step.op->name, " uses value ", id, " before it is there");
        }
      }
      for (ValueId id : step.outputs) define(id, is_alias(step) ? roots_[step.inputs[0]] : id);
    }
    for (ValueId id : program_.outputs) {
      if (roots_.at(id) < 0) throw internal_error("plan: nothing computes output value ", id);
    }
  }

  void define(ValueId id, ValueId root) {
    if (roots_.at(id) >= 0) throw internal_error("plan: value ", id, " has two sources");
    roots_[id] = root;
  }

  void find_last_uses() {
    last_uses_.assign(program_.values.size(), -1);
    for (std::size_t i = 0; i < program_.steps.size(); ++i) {
      for (ValueId id : program_.steps[i].inputs) last_uses_[roots_[id]] = static_cast<int>(i);
      for (ValueId id : program_.steps[i].outputs) last_uses_[roots_[id]] = static_cast<int>(i);
    }
  }

  void choose_places() {
    std::vector<char> returned(program_.values.size(), 0);
    for (ValueId id : program_.outputs) returned[roots_[id]] = 1;
    lifetime_of_.assign(program_.values.size(), -1);
    for (std::size_t i = 0; i < program_.steps.size(); ++i) {
      const Step& step = program_.steps[i];
      if (is_alias(step)) continue;
      for (ValueId id : step.outputs) {
        if (returned[id] || program_.values[id].spec.dtype == DType::String) {
          layout_.places[id] = {Place::Kind::Buffer, layout_.buffers.size()};
          layout_.buffers.push_back(id);
        } else {
          layout_.places[id].kind = Place::Kind::Arena;
        }
      }
      give_memory(static_cast<int>(i));
    }
  }

  void give_memory(int step_index) {
    const Step& step = program_.steps[step_index];
    const int overwritten = input_to_overwrite(step_index);
    for (std::size_t i = 0; i < step.outputs.size(); ++i) {
      const ValueId id = step.outputs[i];
      if (!in_arena(id)) continue;
      if (i == 0 && overwritten >= 0) {
        lifetime_of_[id] = lifetime_of_[overwritten];
        lifetimes_[lifetime_of_[id]].last = last_uses_[id];
      } else {
        lifetime_of_[id] = static_cast<int>(lifetimes_.size());
        lifetimes_.push_back({byte_length(id), step_index, last_uses_[id]});
      }
    }
  }

  /// The arena value, needed by nobody later, over which the step may write its first output; or
  /// -1.
  ValueId input_to_overwrite(int step_index) const {
    const Step& step = program_.steps[step_index];
    const Kernel* kernel = kernels_[step_index].get();
    if (kernel == nullptr || !in_arena(step.outputs[0])) return -1;
    for (ValueId id : step.inputs) {
      const ValueId root = roots_[id];
      if (!in_arena(root) || last_uses_[root] != step_index) continue;
      if (byte_length(root) != byte_length(step.outputs[0])) continue;
      bool allowed = true;
      for (std::size_t i = 0; i < step.inputs.size(); ++i) {
        if (roots_[step.inputs[i]] == root) allowed = allowed && kernel->can_overwrite_input(i);
      }
      if (allowed) return root;
    }
    return -1;
  }

  void place_in_arena() {
    const std::size_t values = lifetimes_.size();
    for (std::size_t i = 0; i < kernels_.size(); ++i) {
      const std::size_t scratch = kernels_[i] == nullptr ? 0 : kernels_[i]->scratch_bytes();
      lifetimes_.push_back({scratch, static_cast<int>(i), static_cast<int>(i)});
    }
    const MemoryPlan memory = plan_memory(lifetimes_);
    layout_.arena_bytes = memory.bytes;
    layout_.scratch_offsets.assign(memory.offsets.begin() + values, memory.offsets.end());
    for (std::size_t id = 0; id < program_.values.size(); ++id) {
      const ValueId root = roots_[id];
      if (root < 0) continue;
      if (lifetime_of_[root] >= 0) layout_.places[root].index = memory.offsets[lifetime_of_[root]];
      layout_.places[id] = layout_.places[root];
    }
  }

  bool in_arena(ValueId id) const { return layout_.places[id].kind == Place::Kind::Arena; }
  std::size_t byte_length(ValueId id) const {
    const TensorSpec& spec = program_.values[id].spec;
    return static_cast<std::size_t>(spec.shape.size()) * element_size(spec.dtype);
  }

  const Program& program_;
  const std::vector<char>& constants_;
  const std::vector<std::unique_ptr<Kernel>>& kernels_;
  PlanLayout layout_;
  std::vector<ValueId> roots_;
  std::vector<int> last_uses_;    // per root: the last step that reads or writes it
  std::vector<int> lifetime_of_;  // per root in the arena: index into lifetimes_
  std::vector<Lifetime> lifetimes_;
};

}  // namespace

bool is_alias(const Step& step) {
  return step.op == &ops::kReshape;
}

std::vector<char> constants_of(const Program& program) {
  std::vector<char> constants;
  for (const program::Value& value : program.values)
    constants.push_back(!value.constant.is_empty());
  return constants;
}

PlanLayout lay_out(const Program& program, const std::vector<char>& constants,
                   const std::vector<std::unique_ptr<Kernel>>& kernels) {
  return LayoutBuilder(program, constants, kernels).build();
}

}  // namespace tfjs::runtime::internal
