#include "tfjs/ops/movement.h"
#include "tfjs/program/internal/editor.h"
#include "tfjs/program/internal/passes.h"

namespace tfjs::program {

bool join_movements(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& step = editor.step(i);
    if (step.op != &ops::kReshape && step.op != &ops::kTranspose) continue;
    const int before = editor.producer(step.inputs[0]);
    if (before < 0 || editor.step(before).op != step.op) continue;
    // The inner step may have other uses: then it stays beside the joined one.
    const Step& inner = editor.step(before);
    Step joined = step;
    joined.inputs = inner.inputs;
    if (step.op == &ops::kTranspose) {
      const auto& first = std::any_cast<const ops::TransposeOptions&>(inner.options).permutation;
      for (int& axis : std::any_cast<ops::TransposeOptions&>(joined.options).permutation)
        axis = first[axis];
    }
    editor.replace(i, std::move(joined));
    changed = true;
  }
  return changed;
}

}  // namespace tfjs::program
