// RNN: runs any cell over the time axis. The base of SimpleRNN, GRU, LSTM and ConvLSTM2D.
#pragma once

#include "tfjs/layers/rnn_cell.h"

namespace tfjs::layers {

/// Options of every recurrent layer.
#define TFJS_RNN_OPTIONS                                                                    \
  bool return_sequences = false; /* all steps [batch, time, ...] instead of the last one */ \
  bool return_state = false;     /* the states too, as further outputs */                   \
  bool go_backwards = false;     /* last step first; sequences stay in that order */        \
  bool stateful = false;         /* states live on between calls; needs a fixed batch */    \
  bool unroll = false;           /* kept in the config; has no effect */                    \
  ::tfjs::layers::RnnFlags rnn_flags() const {                                              \
    return {return_sequences, return_state, go_backwards, stateful, unroll};                \
  }

struct RnnFlags {
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
};

/// Shapes    x       [batch, time, ...]
///           states  further inputs: initial states, in the cell's order; zeros when not given
///           result  [batch, ...], or [batch, time, ...] with return_sequences; then the states
///           with return_state
/// Masking   a bool mask [batch, time]; passed on with return_sequences.
class RnnLayer : public Layer {
 public:
  RnnLayer() = default;
  RnnLayer(const BaseOptions& base, RnnCellPtr cell, RnnFlags flags)
      : Layer(base), cell_(std::move(cell)), flags_(flags) {}

  /// name, trainable[, batch_input_shape, dtype], the cell's keys, the flags.
  void describe(Config& c) override;
  void validate() override;
  void build(const std::vector<Shape>& inputs) override;
  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override;
  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override;
  bool supports_masking() const override { return true; }
  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override;
  std::vector<LayerPtr> inner_layers() const override { return {cell_}; }
  std::vector<VariablePtr> state_variables() const override { return state_variables_; }
  bool is_stateful() const override { return flags_.stateful; }
  bool is_batch_independent() const override { return !flags_.stateful; }
  void reset_states() override;

 protected:
  void describe_flags(Config& c);

  RnnCellPtr cell_;
  RnnFlags flags_;

 private:
  std::vector<Tensor> initial_states(const std::vector<Tensor>& inputs, CallContext& context) const;

  std::vector<VariablePtr> state_variables_;
};

struct RNNOptions {
  std::vector<LayerPtr> cell = {};  ///< one cell, or several that are stacked
  TFJS_RNN_OPTIONS
  TFJS_LAYER_OPTIONS
};

/// A recurrent layer around `cell`. Errors: InvalidArgument when it is no cell.
LayerPtr rnn(RNNOptions options);

}  // namespace tfjs::layers
