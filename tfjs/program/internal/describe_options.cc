#include <string>

#include "tfjs/base/text.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/pool.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/program/dump.h"

namespace tfjs::program {
namespace {

constexpr std::string_view kUnaryNames[] = {
    "Linear",
#define UNARY(Kind, function, tensorflow, expression) #Kind,
#include "tfjs/ops/unary.def"
#undef UNARY
};

constexpr std::string_view kBinaryNames[] = {
#define BINARY(Kind, function, tensorflow, expression) #Kind,
#define COMPARISON(Kind, function, tensorflow, expression) #Kind,
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
};

constexpr std::string_view kReduceNames[] = {"Sum", "Mean", "Max", "Min", "Prod", "Any", "All"};

std::string describe(const ops::UnaryOptions& options) {
  std::string text(kUnaryNames[static_cast<int>(options.kind)]);
  if (options.alpha != 0 || options.beta != 0)
    text += cat("[", options.alpha, ",", options.beta, "]");
  return text;
}

std::string describe(const ops::Epilogue& epilogue) {
  std::string text;
  if (epilogue.bias) text += " bias";
  if (epilogue.residual) text += " residual";
  if (epilogue.activation.kind != ops::UnaryKind::Linear) {
    text += " activation=" + describe(epilogue.activation);
  }
  return text;
}

/// " name=3x3/2" for a kernel of 3 by 3 and strides of 2, with "p0,1" for padding and "d2" for
/// dilation.
std::string describe(std::string_view name, const shape::ConvAxis& axis) {
  std::string text = cat(" ", name, "=", axis.kernel);
  if (axis.stride != 1) text += cat("/", axis.stride);
  if (axis.dilation != 1) text += cat("d", axis.dilation);
  if (axis.pad_before != 0 || axis.pad_after != 0) {
    text += cat("p", axis.pad_before, ",", axis.pad_after);
  }
  return text;
}

std::string describe_any(const std::any& any) {
  if (const auto* o = std::any_cast<ops::Conv2dOptions>(&any)) {
    return describe("height", o->height) + describe("width", o->width) + describe(o->epilogue);
  }
  if (const auto* o = std::any_cast<ops::MatmulOptions>(&any)) return describe(o->epilogue);
  if (const auto* o = std::any_cast<ops::UnaryOptions>(&any)) return " " + describe(*o);
  if (const auto* o = std::any_cast<ops::BinaryOptions>(&any)) {
    return cat(" ", kBinaryNames[static_cast<int>(o->kind)]);
  }
  if (const auto* o = std::any_cast<ops::ReduceOptions>(&any)) {
    return cat(" ", kReduceNames[static_cast<int>(o->kind)], " axes=", o->axes);
  }
  if (const auto* o = std::any_cast<ops::ScaleShiftOptions>(&any)) return cat(" axis=", o->axis);
  if (const auto* o = std::any_cast<ops::TransposeOptions>(&any)) return cat(" ", o->permutation);
  if (const auto* o = std::any_cast<ops::ConcatOptions>(&any)) return cat(" axis=", o->axis);
  if (const auto* o = std::any_cast<ops::PadOptions>(&any)) {
    return cat(" before=", o->before, " after=", o->after, " value=", o->value);
  }
  if (const auto* o = std::any_cast<ops::PoolOptions>(&any)) {
    std::string text = o->kind == ops::PoolKind::Max ? " Max" : " Average";
    for (const shape::ConvAxis& axis : o->axes) text += describe("axis", axis);
    return text;
  }
  return "";
}

}  // namespace

std::string describe_options(const Step& step) {
  const std::string text = describe_any(step.options);
  return text.empty() ? "" : "{" + text.substr(1) + "}";
}

}  // namespace tfjs::program
