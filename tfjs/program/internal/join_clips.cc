#include <algorithm>
#include <limits>
#include <optional>

#include "tfjs/ops/binary.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/internal/editor.h"
#include "tfjs/program/internal/passes.h"

namespace tfjs::program {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// min(max(x, low), high)
struct Clip {
  ValueId input = -1;
  float low = -kInfinity;
  float high = kInfinity;
};

std::optional<Clip> clip_of_unary(const Step& step) {
  const auto& options = std::any_cast<const ops::UnaryOptions&>(step.options);
  if (options.kind == ops::UnaryKind::Relu) return Clip{step.inputs[0], 0, kInfinity};
  if (options.kind == ops::UnaryKind::Relu6) return Clip{step.inputs[0], 0, 6};
  if (options.kind == ops::UnaryKind::ClipByValue && options.alpha <= options.beta) {
    return Clip{step.inputs[0], options.alpha, options.beta};
  }
  return std::nullopt;
}

std::optional<Clip> clip_of_binary(const Editor& editor, const Step& step) {
  const bool constant_first = editor.is_constant(step.inputs[0]);
  const ValueId x = step.inputs[constant_first ? 1 : 0];
  const Tensor& bound = editor.constant(step.inputs[constant_first ? 0 : 1]);
  if (bound.is_empty() || bound.dtype() != DType::Float32 || bound.size() != 1) return std::nullopt;
  if (editor.spec(x) != editor.spec(step.outputs[0])) return std::nullopt;
  const float value = bound.data<float>()[0];
  if (value != value) return std::nullopt;
  const ops::BinaryKind kind = std::any_cast<const ops::BinaryOptions&>(step.options).kind;
  if (kind == ops::BinaryKind::Maximum) return Clip{x, value, kInfinity};
  if (kind == ops::BinaryKind::Minimum) return Clip{x, -kInfinity, value};
  return std::nullopt;
}

std::optional<Clip> as_clip(const Editor& editor, const Step& step) {
  if (step.op == &ops::kUnary) return clip_of_unary(step);
  if (step.op == &ops::kBinary) return clip_of_binary(editor, step);
  return std::nullopt;
}

/// NaN goes through Relu, Relu6 and ClipByValue alike, so the simplest may stand for any.
ops::UnaryOptions simplest(const Clip& clip) {
  if (clip.low == 0 && clip.high == kInfinity) return {ops::UnaryKind::Relu};
  if (clip.low == 0 && clip.high == 6) return {ops::UnaryKind::Relu6};
  return {ops::UnaryKind::ClipByValue, clip.low, clip.high};
}

}  // namespace

bool join_clips(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    const Step& step = editor.step(i);
    auto clip = as_clip(editor, step);
    if (!clip) continue;
    const int before = editor.sole_producer(clip->input);
    const auto inner = before < 0 ? std::nullopt : as_clip(editor, editor.step(before));
    if (!inner && step.op == &ops::kUnary) continue;
    if (inner) {
      clip = Clip{inner->input, std::clamp(inner->low, clip->low, clip->high),
                  std::clamp(inner->high, clip->low, clip->high)};
    }
    Step joined{&ops::kUnary, simplest(*clip), {clip->input}, step.outputs};
    if (inner) {
      editor.fuse(before, i, std::move(joined));
    } else {
      editor.replace(i, std::move(joined));
    }
    changed = true;
  }
  return changed;
}

}  // namespace tfjs::program
