#include "tfjs/layers/activation.h"

#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/internal/folded_name.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/normalization.h"

namespace tfjs::layers {
namespace {

using ops::UnaryKind;

/// x * relu6(x + 3) / 6.
Tensor hard_silu(const Tensor& x) {
  Tensor gate = ops::clip_by_value(ops::add(x, Tensor::scalar(3)), 0, 6);
  return ops::mul(x, ops::mul(gate, Tensor::scalar(1.0f / 6)));
}

Tensor default_leaky_relu(const Tensor& x) {
  return ops::leaky_relu(x, 0.2f);
}

/// `function` is set for those that are not a row of unary.def.
struct KnownActivation {
  const char* name;
  const char* written;  ///< what stock calls it
  UnaryKind kind;
  Tensor (*function)(const Tensor&) = nullptr;
};

// The last rows are Keras's: stock lacks them or has them under another name.
constexpr KnownActivation kKnownActivations[] = {
    {"linear", "linear", UnaryKind::Linear},
    {"relu", "relu", UnaryKind::Relu},
    {"relu6", "relu6", UnaryKind::Relu6},
    {"elu", "elu", UnaryKind::Elu},
    {"selu", "selu", UnaryKind::Selu},
    {"sigmoid", "sigmoid", UnaryKind::Sigmoid},
    {"hard_sigmoid", "hard_sigmoid", UnaryKind::HardSigmoid},
    {"tanh", "tanh", UnaryKind::Tanh},
    {"softplus", "softplus", UnaryKind::Softplus},
    {"softsign", "softsign", UnaryKind::Softsign},
    {"softmax", "softmax", UnaryKind::Linear, ops::softmax},
    {"log_softmax", "log_softmax", UnaryKind::Linear, ops::log_softmax},
    {"gelu", "gelu", UnaryKind::Gelu},
    {"gelu_new", "gelu_new", UnaryKind::GeluNew},
    {"mish", "mish", UnaryKind::Mish},
    {"swish", "swish", UnaryKind::Swish},
    {"silu", "swish", UnaryKind::Swish},
    {"exponential", "exponential", UnaryKind::Exp},
    {"hard_silu", "hard_silu", UnaryKind::Linear, hard_silu},
    {"hard_swish", "hard_silu", UnaryKind::Linear, hard_silu},
    {"leaky_relu", "leaky_relu", UnaryKind::Linear, default_leaky_relu},
};

const KnownActivation& get_activation(const std::string& name) {
  std::string wanted = folded_name(name);
  for (const KnownActivation& known : kKnownActivations) {
    if (folded_name(known.name) == wanted) return known;
  }
  std::vector<std::string> names;
  for (const KnownActivation& known : kKnownActivations) names.push_back(known.name);
  throw not_found("unknown activation ", quoted(name), did_you_mean(name, names));
}

}  // namespace

Activation::Activation(const std::string& name) {
  const KnownActivation& known = get_activation(name);
  name_ = known.written;
  unary_ = known.kind;
  elementwise_ = known.function == nullptr;
}

Tensor Activation::apply(const Tensor& x) const {
  if (!elementwise_) return get_activation(name_).function(x);
  if (unary_ == UnaryKind::Linear) return x;
  return ops::unary(x, {.kind = unary_});
}

}  // namespace tfjs::layers
