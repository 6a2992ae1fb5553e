#include <optional>

#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/movement.h"
#include "tfjs/program/internal/editor.h"
#include "tfjs/program/internal/passes.h"

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

}  // namespace

bool absorb_padding(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& conv = editor.step(i);
    if (conv.op != &ops::kConv2d && conv.op != &ops::kDepthwiseConv2d) continue;
    const int before = editor.sole_producer(conv.inputs[0]);
    if (before < 0 || editor.step(before).op != &ops::kPad) continue;
    const auto& pad = std::any_cast<const ops::PadOptions&>(editor.step(before).options);
    if (!pads_only_images_with_zero(pad)) continue;

    Step fused = conv;
    auto& options = std::any_cast<ops::Conv2dOptions&>(fused.options);
    const auto height = unpadded(options.height, pad, kHeight);
    const auto width = unpadded(options.width, pad, kWidth);
    if (!height || !width) continue;
    options.height = *height;
    options.width = *width;
    fused.inputs[0] = editor.step(before).inputs[0];
    editor.fuse(before, i, std::move(fused));
    changed = true;
  }
  return changed;
}

}  // namespace tfjs::program
