#include <algorithm>

#include "tfjs/ops/movement.h"
#include "tfjs/program/internal/editor.h"
#include "tfjs/program/internal/passes.h"

namespace tfjs::program {
namespace {

/// True when the dimensions other than 1 keep their order: the elements stay where they are.
bool keeps_order(const std::vector<int>& permutation, const Shape& shape) {
  int last = -1;
  for (int axis : permutation) {
    if (shape[axis] == 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

/// For a step whose output has the spec of its first input: whether it also has its elements.
bool keeps_elements(const Step& step, const Shape& shape) {
  if (step.op == &ops::kReshape || step.op == &ops::kCast || step.op == &ops::kPad ||
      step.op == &ops::kTile) {
    return true;  // the spec says it all
  }
  if (step.op == &ops::kConcat) return step.inputs.size() == 1;
  if (step.op == &ops::kTranspose) {
    return keeps_order(std::any_cast<const ops::TransposeOptions&>(step.options).permutation,
                       shape);
  }
  if (step.op == &ops::kSlice) {
    const auto& strides = std::any_cast<const ops::SliceOptions&>(step.options).strides;
    return std::all_of(strides.begin(), strides.end(),
                       [](std::int64_t stride) { return stride == 1; });
  }
  return false;
}

}  // namespace

bool remove_identities(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& step = editor.step(i);
    if (step.op == nullptr || step.inputs.empty()) continue;
    const ValueId input = step.inputs[0];
    const ValueId output = step.outputs[0];
    const Shape& shape = editor.spec(input).shape;
    if (editor.spec(input) == editor.spec(output) && keeps_elements(step, shape)) {
      editor.redirect(output, input);
      editor.replace(i, Step());
      changed = true;
    } else if (step.op == &ops::kTranspose && keeps_elements(step, shape)) {
      editor.replace(i, {&ops::kReshape, ops::NoOptions{}, step.inputs, step.outputs});
      changed = true;
    }
  }
  return changed;
}

}  // namespace tfjs::program
