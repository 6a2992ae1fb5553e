#include "tfjs/program/internal/channel_affine.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/unary.h"

namespace tfjs::program {
namespace {

/// `constant` as [channels] when it is one value, or one value per channel; else empty.
Tensor per_channel(const Tensor& constant, std::int64_t channels) {
  if (constant.dtype() != DType::Float32) return {};
  if (constant.size() == 1) return Tensor::full({channels}, constant.data<float>()[0]);
  const bool one_row = constant.size() == channels && constant.shape()[-1] == channels;
  return one_row ? constant.with_shape({channels}) : Tensor();
}

std::optional<ChannelAffine> affine_of_scale_shift(const Editor& editor, const Step& step) {
  const Tensor& scale = editor.constant(step.inputs[1]);
  const Tensor& shift = editor.constant(step.inputs[2]);
  const int axis = std::any_cast<const ops::ScaleShiftOptions&>(step.options).axis;
  if (scale.is_empty() || shift.is_empty()) return std::nullopt;
  if (axis != editor.spec(step.inputs[0]).shape.rank() - 1) return std::nullopt;
  return ChannelAffine{step.inputs[0], scale, shift, false};
}

std::optional<ChannelAffine> affine_of_binary(const Editor& editor, const Step& step) {
  const bool constant_first = editor.is_constant(step.inputs[0]);
  const ValueId x = step.inputs[constant_first ? 1 : 0];
  const Tensor& constant = editor.constant(step.inputs[constant_first ? 0 : 1]);
  const TensorSpec& spec = editor.spec(x);
  if (constant.is_empty() || spec.dtype != DType::Float32 || spec.shape.rank() < 1)
    return std::nullopt;
  if (editor.spec(step.outputs[0]) != spec) return std::nullopt;
  const std::int64_t channels = spec.shape[-1];
  const Tensor c = per_channel(constant, channels);
  if (c.is_empty()) return std::nullopt;

  ChannelAffine affine{x, {}, {}, constant.size() == 1};
  switch (std::any_cast<const ops::BinaryOptions&>(step.options).kind) {
    case ops::BinaryKind::Add:
      affine.shift = c;
      return affine;
    case ops::BinaryKind::Sub:
      if (constant_first) affine.scale = Tensor::full({channels}, -1);
      affine.shift = constant_first ? c : ops::neg(c);
      return affine;
    case ops::BinaryKind::Mul:
      affine.scale = c;
      return affine;
    case ops::BinaryKind::Div:
      if (constant_first) return std::nullopt;
      affine.scale = ops::unary(c, {ops::UnaryKind::Reciprocal});
      return affine;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<ChannelAffine> as_channel_affine(const Editor& editor, const Step& step) {
  if (step.op == &ops::kScaleShift) return affine_of_scale_shift(editor, step);
  if (step.op == &ops::kBinary) return affine_of_binary(editor, step);
  return std::nullopt;
}

ChannelAffine joined(const ChannelAffine& inner, const ChannelAffine& outer) {
  ChannelAffine result{inner.input, inner.scale, inner.shift, inner.is_scalar && outer.is_scalar};
  const auto times = [](const Tensor& a, const Tensor& b) {
    return a.is_empty() ? b : ops::mul(a, b);
  };
  if (!outer.scale.is_empty()) {
    result.scale = times(result.scale, outer.scale);
    if (!result.shift.is_empty()) result.shift = ops::mul(result.shift, outer.scale);
  }
  if (!outer.shift.is_empty()) {
    result.shift = result.shift.is_empty() ? outer.shift : ops::add(result.shift, outer.shift);
  }
  return result;
}

}  // namespace tfjs::program
