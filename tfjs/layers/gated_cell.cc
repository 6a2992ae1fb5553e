#include "tfjs/layers/gated_cell.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {

void GatedCell::validate() {
  if (settings_.units < 1) {
    throw invalid_argument(class_name(), " ", quoted(name_), ": units must be at least 1, got ",
                           settings_.units);
  }
}

void GatedCell::build(const std::vector<Shape>& inputs) {
  const Shape& x = inputs.at(0);
  if (x.rank() != 2 || x[1] == kUnknown) {
    throw invalid_argument(class_name(), " ", quoted(name_),
                           ": expected steps [batch, features] with features known, got ", x);
  }
  const std::int64_t units = settings_.units;
  const std::int64_t columns = gates() * units;
  kernel_ = add_weight("kernel", {x[1], columns}, settings_.kernel_initializer,
                       settings_.kernel_regularizer, settings_.kernel_constraint);
  recurrent_kernel_ =
      add_weight("recurrent_kernel", {units, columns}, settings_.recurrent_initializer,
                 settings_.recurrent_regularizer, settings_.recurrent_constraint);
  if (settings_.use_bias) {
    bias_ = add_weight("bias", bias_shape(), settings_.bias_initializer, settings_.bias_regularizer,
                       settings_.bias_constraint);
  }
}

std::vector<Shape> GatedCell::state_shapes(const Shape& step_input) const {
  return std::vector<Shape>(states(), Shape{step_input[0], settings_.units});
}

SequenceResult GatedCell::run_sequence(const Tensor& x, const std::vector<Tensor>& states,
                                       const Tensor& mask, bool go_backwards) {
  if (!settings_.activation.is_elementwise() || !settings_.recurrent_activation.is_elementwise()) {
    return RnnCell::run_sequence(x, states, mask, go_backwards);
  }
  std::vector<Tensor> outputs =
      ops::recurrent(x, kernel_->value(), recurrent_kernel_->value(),
                     bias_ ? bias_->value() : Tensor(), states, mask,
                     {.cell = kind(),
                      .activation = settings_.activation.unary(),
                      .recurrent_activation = settings_.recurrent_activation.unary(),
                      .use_bias = bias_ != nullptr,
                      .reset_after = settings_.reset_after,
                      .go_backwards = go_backwards,
                      .has_mask = !mask.is_empty()});
  return {outputs[0], outputs[1], {outputs.begin() + 1, outputs.end()}};
}

void GatedCell::describe_units(Config& c) {
  c.positive("units", settings_.units);
  c("activation", settings_.activation);
}

void GatedCell::describe_initializers(Config& c) {
  c("use_bias", settings_.use_bias);
  c("kernel_initializer", settings_.kernel_initializer);
  c("recurrent_initializer", settings_.recurrent_initializer);
  c("bias_initializer", settings_.bias_initializer);
}

void GatedCell::describe_penalties_and_dropout(Config& c) {
  c("kernel_regularizer", settings_.kernel_regularizer);
  c("recurrent_regularizer", settings_.recurrent_regularizer);
  c("bias_regularizer", settings_.bias_regularizer);
  c("activity_regularizer", settings_.activity_regularizer);
  c("kernel_constraint", settings_.kernel_constraint);
  c("recurrent_constraint", settings_.recurrent_constraint);
  c("bias_constraint", settings_.bias_constraint);
  c("dropout", settings_.dropout);
  c("recurrent_dropout", settings_.recurrent_dropout);
}

Tensor GatedCell::with_bias(const Tensor& product) const {
  return bias_ == nullptr ? product : ops::add(product, bias_->value());
}

Tensor GatedCell::gate(const Tensor& columns, std::int64_t gate) const {
  return ops::slice_axis(columns, -1, gate * settings_.units, (gate + 1) * settings_.units);
}

}  // namespace tfjs::layers
