#include "tfjs/ops/unary.h"

#include "tfjs/ops/internal/check.h"

namespace tfjs::ops {
namespace {

constexpr const char* kFunctionNames[] = {
    "linear",
#define UNARY(Kind, function, tensorflow, expression) #function,
#include "tfjs/ops/unary.def"
#undef UNARY
};

std::vector<std::string_view> tensorflow_names() {
  std::vector<std::string_view> names;
  for (std::string_view name : {
#define UNARY(Kind, function, tensorflow, expression) std::string_view(tensorflow),
#include "tfjs/ops/unary.def"
#undef UNARY
       }) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

}  // namespace

const Op kUnary{"Unary", tensorflow_names()};

Tensor unary(const Tensor& x, const UnaryOptions& options) {
  const char* what = kFunctionNames[static_cast<int>(options.kind)];
  Tensor input = internal::as_float(x, what, "x");
  if (options.kind == UnaryKind::Linear) return input;
  TensorSpec output = input.spec();
  return evaluate_op(kUnary, options, {std::move(input)}, std::move(output));
}

Tensor relu(const Tensor& x) {
  return unary(x, {UnaryKind::Relu});
}
Tensor sigmoid(const Tensor& x) {
  return unary(x, {UnaryKind::Sigmoid});
}
Tensor tanh(const Tensor& x) {
  return unary(x, {UnaryKind::Tanh});
}
Tensor exp(const Tensor& x) {
  return unary(x, {UnaryKind::Exp});
}
Tensor log(const Tensor& x) {
  return unary(x, {UnaryKind::Log});
}
Tensor sqrt(const Tensor& x) {
  return unary(x, {UnaryKind::Sqrt});
}
Tensor rsqrt(const Tensor& x) {
  return unary(x, {UnaryKind::Rsqrt});
}
Tensor square(const Tensor& x) {
  return unary(x, {UnaryKind::Square});
}
Tensor abs(const Tensor& x) {
  return unary(x, {UnaryKind::Abs});
}
Tensor neg(const Tensor& x) {
  return unary(x, {UnaryKind::Neg});
}

Tensor leaky_relu(const Tensor& x, float alpha) {
  return unary(x, {UnaryKind::LeakyRelu, alpha});
}

Tensor clip_by_value(const Tensor& x, float low, float high) {
  return unary(x, {UnaryKind::ClipByValue, low, high});
}

}  // namespace tfjs::ops
