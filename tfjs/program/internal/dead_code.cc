#include "tfjs/program/internal/dead_code.h"

#include <algorithm>

namespace tfjs::program {
namespace {

void drop_dead_steps(Program& program) {
  std::vector<char> needed(program.values.size(), 0);
  for (ValueId id : program.outputs) needed[id] = 1;
  for (auto step = program.steps.rbegin(); step != program.steps.rend(); ++step) {
    if (step->op == nullptr) continue;
    const bool live = std::any_of(step->outputs.begin(), step->outputs.end(),
                                  [&](ValueId id) { return needed[id] != 0; });
    if (!live) {
      step->op = nullptr;
      continue;
    }
    for (ValueId id : step->inputs) needed[id] = 1;
  }
  std::erase_if(program.steps, [](const Step& step) { return step.op == nullptr; });
}

}  // namespace

void drop_dead(Program& program) {
  drop_dead_steps(program);

  std::vector<ValueId> renamed(program.values.size(), -1);
  const auto visit_all = [&](auto&& visit) {
    for (ValueId& id : program.inputs) visit(id);
    for (Step& step : program.steps) {
      for (ValueId& id : step.inputs) visit(id);
      for (ValueId& id : step.outputs) visit(id);
    }
    for (ValueId& id : program.outputs) visit(id);
  };
  visit_all([&](ValueId& id) { renamed[id] = 0; });
  std::vector<Value> kept;
  for (std::size_t id = 0; id < renamed.size(); ++id) {
    if (renamed[id] < 0) continue;
    renamed[id] = static_cast<ValueId>(kept.size());
    kept.push_back(std::move(program.values[id]));
  }
  visit_all([&](ValueId& id) { id = renamed[id]; });
  program.values = std::move(kept);
}

}  // namespace tfjs::program
