#include "tfjs/ops/binary.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/program/internal/channel_affine.h"
#include "tfjs/program/internal/passes.h"
#include "tfjs/program/internal/products.h"

namespace tfjs::program {
namespace {

/// (x * filter + bias) * scale + shift = x * (filter * scale) + (bias * scale + shift)
bool fold_into_product(Editor& editor, std::size_t index, const ChannelAffine& affine) {
  const int product = open_product(editor, affine.input);
  if (product < 0) return false;
  Step fused = editor.step(product);
  ops::Epilogue& epilogue = *epilogue_of(fused);
  if (epilogue.residual) return false;
  const Tensor filter = editor.constant(fused.inputs[kFilterInput]);
  if (!affine.scale.is_empty() && filter.is_empty()) return false;

  ChannelAffine bias;  // of what comes before the affine step
  if (epilogue.bias) {
    bias.shift = editor.constant(fused.inputs[kBiasInput]);
    if (bias.shift.is_empty()) return false;
  }
  const Tensor shift = joined(bias, affine).shift;
  if (!affine.scale.is_empty()) {
    fused.inputs[kFilterInput] = editor.add_constant(scaled_filter(fused, filter, affine.scale));
    filter.bytes().let_go();  // most likely nobody reads the unscaled filter again
  }
  if (!shift.is_empty()) {
    epilogue.bias = true;
    fused.inputs.resize(kBiasInput);
    fused.inputs.push_back(editor.add_constant(shift));
  }
  fused.outputs = editor.step(index).outputs;
  editor.fuse(product, index, std::move(fused));
  return true;
}

/// Two affine steps become one ScaleShift. Two with plain numbers stay: a vector per channel is no
/// faster to apply.
bool join_with_affine(Editor& editor, std::size_t index, const ChannelAffine& outer) {
  const int before = editor.sole_producer(outer.input);
  if (before < 0) return false;
  const auto inner = as_channel_affine(editor, editor.step(before));
  if (!inner || (inner->is_scalar && outer.is_scalar)) return false;

  const ChannelAffine both = joined(*inner, outer);
  const Shape& shape = editor.spec(both.input).shape;
  const Shape channels{shape[-1]};
  Step fused;
  fused.op = &ops::kScaleShift;
  fused.options = ops::ScaleShiftOptions{shape.rank() - 1};
  fused.inputs = {
      both.input,
      editor.add_constant(both.scale.is_empty() ? Tensor::full(channels, 1) : both.scale),
      editor.add_constant(both.shift.is_empty() ? Tensor::full(channels, 0) : both.shift)};
  fused.outputs = editor.step(index).outputs;
  editor.fuse(before, index, std::move(fused));
  return true;
}

}  // namespace

bool fold_channel_constants(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const auto affine = as_channel_affine(editor, editor.step(i));
    if (!affine) continue;
    changed |= fold_into_product(editor, i, *affine) || join_with_affine(editor, i, *affine);
  }
  return changed;
}

}  // namespace tfjs::program
