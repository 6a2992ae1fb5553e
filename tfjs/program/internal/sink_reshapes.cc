#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/internal/channel_affine.h"
#include "tfjs/program/internal/passes.h"
#include "tfjs/program/internal/products.h"

namespace tfjs::program {
namespace {

/// The step applied to `input`, another shape of what it is applied to now, or a step without op
/// when it depends on the shape.
Step moved(Editor& editor, const Step& step, ValueId input, ValueId output) {
  Step result = step;
  result.outputs = {output};
  if (step.op == &ops::kUnary) {
    result.inputs = {input};
    return result;
  }
  const auto affine = as_channel_affine(editor, step);
  const Shape& shape = editor.spec(input).shape;
  const bool same_channels =
      affine && shape.rank() > 0 && shape[-1] == editor.spec(affine->input).shape[-1];
  if (!same_channels) return Step();
  if (step.op == &ops::kScaleShift) {
    result.options = ops::ScaleShiftOptions{shape.rank() - 1};
    result.inputs[0] = input;
    return result;
  }
  for (ValueId& id : result.inputs) {
    // [1, 1, C] would not broadcast to [N, C]
    id = id == affine->input
             ? input
             : editor.add_constant(editor.constant(id).with_shape({editor.spec(id).shape.size()}));
  }
  return result;
}

}  // namespace

bool sink_reshapes(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& step = editor.step(i);
    if (step.op == nullptr || step.inputs.empty()) continue;
    // A constant may come first: c - x.
    const ValueId argument =
        editor.is_constant(step.inputs[0]) ? step.inputs.back() : step.inputs[0];
    const int before = editor.sole_producer(argument);
    if (before < 0 || editor.step(before).op != &ops::kReshape) continue;
    const ValueId product = editor.step(before).inputs[0];
    if (open_product(editor, product) < 0) continue;

    const TensorSpec& result_spec = editor.spec(step.outputs[0]);
    const ValueId between = editor.add_value({result_spec.dtype, editor.spec(product).shape});
    Step first = moved(editor, step, product, between);
    if (first.op == nullptr) continue;
    Step second{&ops::kReshape, ops::NoOptions{}, {between}, step.outputs};
    editor.replace(before, std::move(first));
    editor.replace(i, std::move(second));
    changed = true;
  }
  return changed;
}

}  // namespace tfjs::program
