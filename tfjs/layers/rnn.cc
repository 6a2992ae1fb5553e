#include "tfjs/layers/rnn.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/stacked_rnn_cells.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

/// [batch, time, ...] without the time axis.
Shape step_shape(const Shape& sequence) {
  return concat(sequence.sub(0, 1), sequence.sub(2));
}

class Rnn : public RnnLayer {
 public:
  using RnnLayer::RnnLayer;
  std::string class_name() const override { return "RNN"; }

  // Stock merges the cell's config into the layer's own: the cell's keys first, then what only the
  // layer has.
  void describe(Config& c) override {
    if (c.reading()) {
      describe_base(c);
      describe_flags(c);
      Json cell;
      c.json("cell", cell);
      if (cell.is_null())
        throw corrupt_data(c.where("cell"), " is missing: expected {class_name, config}");
      cell_ = as_cell(c.registry().make(cell, c.where("cell")), c.where("cell"));
      return;
    }
    Config merged = Config::writer();
    cell_->describe(merged);
    describe_base(merged);
    const Json json = merged.take();
    for (const auto& [key, value] : json.as_object("config")) c.write(key, value);
    describe_flags(c);
    c.write("cell",
            Json::object({{"class_name", cell_->class_name()}, {"config", cell_->config()}}));
  }
};

}  // namespace

void RnnLayer::describe(Config& c) {
  describe_base(c);
  cell_->describe_cell(c);
  describe_flags(c);
}

void RnnLayer::describe_flags(Config& c) {
  c("return_sequences", flags_.return_sequences);
  c("return_state", flags_.return_state);
  c("go_backwards", flags_.go_backwards);
  c("stateful", flags_.stateful);
  c("unroll", flags_.unroll);
  if (!c.reading()) return;
  bool time_major = false;
  c("time_major", time_major);
  if (time_major)
    throw unsupported(c.where("time_major"), " true: sequences must be [batch, time, ...]");
}

void RnnLayer::validate() {
  if (cell_->name().empty()) cell_->set_name(cell_->default_name());
  cell_->validate();
}

void RnnLayer::build(const std::vector<Shape>& inputs) {
  const Shape& x = inputs.at(0);
  if (x.rank() < 3) {
    throw invalid_argument(class_name(), " ", quoted(name_),
                           ": expected input [batch, time, features], got ", x);
  }
  cell_->ensure_built_unscoped({step_shape(x)});
  if (!flags_.stateful) return;
  if (x[0] == kUnknown) {
    throw invalid_argument(class_name(), " ", quoted(name_),
                           ": stateful needs a fixed batch size in batch_input_shape, got ", x);
  }
  for (const Shape& shape : cell_->state_shapes(step_shape(x))) {
    state_variables_.push_back(std::make_shared<Variable>(
        cat(name_, "/state", state_variables_.size()), TensorSpec{DType::Float32, shape}, "zeros",
        Constraint(), false));
  }
}

std::vector<Shape> RnnLayer::compute_output_shape(const std::vector<Shape>& inputs) {
  const Shape step = step_shape(inputs.at(0));
  const std::vector<Shape> states = cell_->state_shapes(step);
  if (inputs.size() != 1 && inputs.size() != 1 + states.size()) {
    throw invalid_argument(class_name(), " ", quoted(name_), ": expected x alone or x and ",
                           states.size(), " initial states, got ", inputs.size(), " inputs");
  }
  Shape output = cell_->output_shape(step);
  if (flags_.return_sequences) output = concat(inputs[0].sub(0, 2), output.sub(1));
  std::vector<Shape> out = {output};
  if (flags_.return_state) out.insert(out.end(), states.begin(), states.end());
  return out;
}

std::vector<Tensor> RnnLayer::initial_states(const std::vector<Tensor>& inputs,
                                             CallContext& context) const {
  if (inputs.size() > 1) return {inputs.begin() + 1, inputs.end()};
  std::vector<Tensor> states;
  if (flags_.stateful && context.states != nullptr) {
    for (const VariablePtr& variable : state_variables_)
      states.push_back(context.states->read(variable));
    return states;
  }
  for (const Shape& shape : cell_->state_shapes(step_shape(inputs[0].shape())))
    states.push_back(Tensor::zeros(shape));
  return states;
}

std::vector<Tensor> RnnLayer::call(const std::vector<Tensor>& inputs, CallContext& context) {
  if (inputs[0].shape()[1] == 0) {
    throw invalid_argument(class_name(), " ", quoted(name_),
                           ": a sequence needs at least one step, got input of shape ",
                           inputs[0].shape());
  }
  SequenceResult result = cell_->run_sequence(inputs[0], initial_states(inputs, context),
                                              context.mask(0), flags_.go_backwards);
  if (flags_.stateful && context.states != nullptr) {
    for (std::size_t i = 0; i < state_variables_.size(); ++i)
      context.states->write(state_variables_[i], result.states[i]);
  }
  std::vector<Tensor> outputs = {flags_.return_sequences ? result.sequence : result.last};
  if (flags_.return_state)
    outputs.insert(outputs.end(), result.states.begin(), result.states.end());
  return outputs;
}

std::vector<Tensor> RnnLayer::compute_mask(const std::vector<Tensor>& inputs,
                                           const std::vector<Tensor>& masks, std::size_t outputs) {
  std::vector<Tensor> out(outputs);
  if (flags_.return_sequences && !masks.empty()) out[0] = masks[0];
  return out;
}

void RnnLayer::reset_states() {
  for (const VariablePtr& variable : state_variables_)
    variable->assign(Tensor::zeros(variable->shape()));
}

LayerPtr rnn(RNNOptions options) {
  LayerPtr cell =
      options.cell.size() == 1 ? options.cell[0] : stacked_rnn_cells({.cells = options.cell});
  return finish(std::make_shared<Rnn>(options.base_options(), as_cell(cell, "rnn: cell"),
                                      options.rnn_flags()));
}
LayerPtr make_RNN() {
  return std::make_shared<Rnn>();
}

}  // namespace tfjs::layers
