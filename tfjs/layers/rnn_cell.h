// One step of a recurrent network, and how a sequence of steps is run. Cells are layers: RNN wraps
// them, and SimpleRNN, GRU, LSTM and ConvLSTM2D own one.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

/// What running a cell over [batch, time, ...] gives.
struct SequenceResult {
  Tensor sequence;             ///< [batch, time, ...], in processing order
  Tensor last;                 ///< output of the last step [batch, ...]
  std::vector<Tensor> states;  ///< after the last step
};

class RnnCell : public Layer {
 public:
  using Layer::Layer;
  RnnCell() = default;

  /// Shapes of the states, batch axis first, for step inputs of shape [batch, ...].
  virtual std::vector<Shape> state_shapes(const Shape& step_input) const = 0;
  /// Shape of the step output; by default that of the first state.
  virtual Shape output_shape(const Shape& step_input) const { return state_shapes(step_input)[0]; }
  /// inputs: x [batch, ...], then the states. Returns the output, then the new states.
  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override;
  virtual std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) = 0;

  /// Runs all steps of x [batch, time, ...]. mask: bool [batch, time] or empty; at a masked step
  /// the output is the previous states[0] and the states stay. By default the steps are unrolled;
  /// cells with an op for whole sequences override it.
  virtual SequenceResult run_sequence(const Tensor& x, const std::vector<Tensor>& states,
                                      const Tensor& mask, bool go_backwards);

  /// The keys of the cell alone, without name and trainable: RNN layers write them among their own.
  virtual void describe_cell(Config& c) = 0;
  void describe(Config& c) override {
    describe_base(c);
    describe_cell(c);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override;
};

using RnnCellPtr = std::shared_ptr<RnnCell>;

/// The layer as a cell. Errors: InvalidArgument naming `what` when it is none.
RnnCellPtr as_cell(const LayerPtr& layer, const std::string& what);

}  // namespace tfjs::layers
