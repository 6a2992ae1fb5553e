#include "tfjs/program/internal/editor.h"

namespace tfjs::program {

Editor::Editor(Program& program)
    : program_(program), producers_(program.values.size(), -1), uses_(program.values.size(), 0) {
  for (std::size_t i = 0; i < program_.steps.size(); ++i) {
    count(program_.steps[i], 1);
    for (ValueId id : program_.steps[i].outputs) producers_[id] = static_cast<int>(i);
  }
  for (ValueId id : program_.outputs) ++uses_[id];
}

void Editor::count(const Step& step, int difference) {
  for (ValueId id : step.inputs) uses_[id] += difference;
}

ValueId Editor::add_constant(Tensor value) {
  const ValueId id = add_value(value.spec());
  program_.values[id].constant = std::move(value);
  return id;
}

ValueId Editor::add_value(TensorSpec spec) {
  program_.values.push_back({std::move(spec), Tensor()});
  producers_.push_back(-1);
  uses_.push_back(0);
  return static_cast<ValueId>(program_.values.size()) - 1;
}

void Editor::replace(std::size_t index, Step step) {
  Step& old = program_.steps[index];
  count(old, -1);
  for (ValueId id : old.outputs) producers_[id] = -1;
  old = std::move(step);
  count(old, 1);
  for (ValueId id : old.outputs) producers_[id] = static_cast<int>(index);
}

void Editor::fuse(std::size_t absorbed, std::size_t consumer, Step fused) {
  replace(absorbed, Step());
  replace(consumer, std::move(fused));
}

void Editor::redirect(ValueId from, ValueId to) {
  for (Step& step : program_.steps) {
    for (ValueId& id : step.inputs) {
      if (id == from) id = to;
    }
  }
  for (ValueId& id : program_.outputs) {
    if (id == from) id = to;
  }
  uses_[to] += uses_[from];
  uses_[from] = 0;
}

}  // namespace tfjs::program
