// What the cells of SimpleRNN, GRU and LSTM share: config keys, weights, and the op that runs whole
// sequences.
#pragma once

#include "tfjs/layers/rnn_cell.h"
#include "tfjs/ops/recurrent.h"

namespace tfjs::layers {

/// Options common to the three. `recurrent_activation` is not SimpleRNN's.
#define TFJS_CELL_OPTIONS                                           \
  std::int64_t units = 0;                                           \
  ::tfjs::layers::Activation activation = "tanh";                   \
  ::tfjs::layers::Activation recurrent_activation = "hard_sigmoid"; \
  bool use_bias = true;                                             \
  ::tfjs::layers::Initializer kernel_initializer = "glorotNormal";  \
  ::tfjs::layers::Initializer recurrent_initializer = "orthogonal"; \
  ::tfjs::layers::Initializer bias_initializer = "zeros";           \
  ::tfjs::layers::Regularizer kernel_regularizer = {};              \
  ::tfjs::layers::Regularizer recurrent_regularizer = {};           \
  ::tfjs::layers::Regularizer bias_regularizer = {};                \
  ::tfjs::layers::Regularizer activity_regularizer = {};            \
  ::tfjs::layers::Constraint kernel_constraint = {};                \
  ::tfjs::layers::Constraint recurrent_constraint = {};             \
  ::tfjs::layers::Constraint bias_constraint = {};                  \
  double dropout = 0;                                               \
  double recurrent_dropout = 0;

struct CellSettings {
  TFJS_CELL_OPTIONS
  std::optional<bool> unit_forget_bias = {};        ///< LSTM
  std::optional<std::int64_t> implementation = {};  ///< GRU, LSTM: kept, no effect
  bool reset_after = false;                         ///< GRU
};

/// The common options of any options struct that has them.
template <class Options>
CellSettings cell_settings(const Options& o) {
  CellSettings s;
  s.units = o.units;
  s.activation = o.activation;
  s.recurrent_activation = o.recurrent_activation;
  s.use_bias = o.use_bias;
  s.kernel_initializer = o.kernel_initializer;
  s.recurrent_initializer = o.recurrent_initializer;
  s.bias_initializer = o.bias_initializer;
  s.kernel_regularizer = o.kernel_regularizer;
  s.recurrent_regularizer = o.recurrent_regularizer;
  s.bias_regularizer = o.bias_regularizer;
  s.activity_regularizer = o.activity_regularizer;
  s.kernel_constraint = o.kernel_constraint;
  s.recurrent_constraint = o.recurrent_constraint;
  s.bias_constraint = o.bias_constraint;
  s.dropout = o.dropout;
  s.recurrent_dropout = o.recurrent_dropout;
  return s;
}

class GatedCell : public RnnCell {
 public:
  GatedCell() = default;
  GatedCell(const BaseOptions& base, CellSettings settings)
      : RnnCell(base), settings_(std::move(settings)) {}

  void validate() override;
  void build(const std::vector<Shape>& inputs) override;
  std::vector<Shape> state_shapes(const Shape& step_input) const override;
  SequenceResult run_sequence(const Tensor& x, const std::vector<Tensor>& states,
                              const Tensor& mask, bool go_backwards) override;

 protected:
  virtual ops::CellKind kind() const = 0;
  /// Blocks of `units` columns in the kernels: 1, 3, 4.
  virtual std::int64_t gates() const = 0;
  virtual std::size_t states() const { return 1; }
  virtual Shape bias_shape() const { return {gates() * settings_.units}; }

  // Groups of keys, in the order of the file.
  void describe_units(Config& c);
  void describe_initializers(Config& c);
  void describe_penalties_and_dropout(Config& c);

  /// x * kernel (+ bias), and its columns of gate `gate`.
  Tensor with_bias(const Tensor& product) const;
  Tensor gate(const Tensor& columns, std::int64_t gate) const;

  CellSettings settings_;
  VariablePtr kernel_;
  VariablePtr recurrent_kernel_;
  VariablePtr bias_;
};

}  // namespace tfjs::layers
