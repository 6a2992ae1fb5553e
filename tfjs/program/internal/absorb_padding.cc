#include <optional>

#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/pool.h"
#include "tfjs/program/internal/passes.h"
#include "tfjs/program/internal/products.h"

namespace tfjs::program {
namespace {

constexpr int kHeight = 1;
constexpr int kWidth = 2;

/// `axis` over the unpadded input, where it reads the same cells. Nothing when windows would lie in
/// the padding alone: kernels may rely on meeting a cell in each.
std::optional<shape::ConvAxis> unpadded(const shape::ConvAxis& axis, const ops::PadOptions& pad,
                                        int dim) {
  const std::int64_t input = axis.input - pad.before[dim] - pad.after[dim];
  const std::int64_t before = axis.pad_before + pad.before[dim];
  const std::int64_t after = axis.pad_after + pad.after[dim];
  const std::int64_t extent = (axis.kernel - 1) * axis.dilation + 1;
  if (input < 1 || before >= extent || after >= extent) return std::nullopt;
  return shape::conv_axis_explicit(input, axis.kernel, axis.stride, axis.dilation, before, after,
                                   "pad");
}

bool pads_only_images_with_zero(const ops::PadOptions& pad) {
  if (pad.value != 0 || pad.before.size() != 4) return false;
  for (int dim = 0; dim < 4; ++dim) {
    const bool spatial = dim == kHeight || dim == kWidth;
    if (!spatial && (pad.before[dim] != 0 || pad.after[dim] != 0)) return false;
  }
  return true;
}

bool is_never_negative(const ops::UnaryOptions& function) {
  switch (function.kind) {
    case ops::UnaryKind::Relu:
    case ops::UnaryKind::Relu6:
    case ops::UnaryKind::Sigmoid:
      return true;
    case ops::UnaryKind::ClipByValue:
      return function.alpha >= 0;
    default:
      return false;
  }
}

/// True when the step that computes `id` ends with an activation that gives no negative number.
bool is_never_negative(Editor& editor, ValueId id) {
  if (editor.producer(id) < 0) return false;
  const Step& step = editor.step(editor.producer(id));
  if (const ops::Epilogue* epilogue = epilogue_of(step)) {
    return is_never_negative(epilogue->activation);
  }
  const auto* function = std::any_cast<ops::UnaryOptions>(&step.options);
  return function != nullptr && is_never_negative(*function);
}

/// The step on the unpadded images, or one without op when that is not the same.
Step on_unpadded(Editor& editor, const Step& step, const ops::PadOptions& pad, ValueId images) {
  Step result = step;
  result.inputs[0] = images;
  shape::ConvAxis* height = nullptr;
  shape::ConvAxis* width = nullptr;
  if (auto* conv = std::any_cast<ops::Conv2dOptions>(&result.options)) {
    if (step.op == &ops::kConv2dTranspose) return Step();
    height = &conv->height;
    width = &conv->width;
  } else if (auto* pool = std::any_cast<ops::PoolOptions>(&result.options)) {
    // A pool leaves its padding out. Beside numbers of which none is negative, zeros make no other
    // maximum.
    if (pool->kind != ops::PoolKind::Max || !is_never_negative(editor, images)) return Step();
    height = &pool->axes[0];
    width = &pool->axes[1];
  } else {
    return Step();
  }
  const auto new_height = unpadded(*height, pad, kHeight);
  const auto new_width = unpadded(*width, pad, kWidth);
  if (!new_height || !new_width) return Step();
  *height = *new_height;
  *width = *new_width;
  return result;
}

}  // namespace

bool absorb_padding(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& step = editor.step(i);
    if (step.op == nullptr || step.inputs.empty()) continue;
    const int before = editor.sole_producer(step.inputs[0]);
    if (before < 0 || editor.step(before).op != &ops::kPad) continue;
    const auto& pad = std::any_cast<const ops::PadOptions&>(editor.step(before).options);
    if (!pads_only_images_with_zero(pad)) continue;
    Step fused = on_unpadded(editor, step, pad, editor.step(before).inputs[0]);
    if (fused.op == nullptr) continue;
    editor.fuse(before, i, std::move(fused));
    changed = true;
  }
  return changed;
}

}  // namespace tfjs::program
