#include "tfjs/layers/rnn_cell.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

/// mask [batch] with as many trailing axes of 1 as `like` has.
Tensor expanded_mask(const Tensor& mask, const Tensor& like) {
  Shape shape = {mask.shape()[0]};
  for (int axis = 1; axis < like.rank(); ++axis) shape = shape.with_appended(1);
  return ops::reshape(mask, shape);
}

Tensor keep_where_masked(const Tensor& mask, const Tensor& fresh, const Tensor& previous) {
  return ops::select(expanded_mask(mask, fresh), fresh, previous);
}

}  // namespace

std::vector<Tensor> RnnCell::call(const std::vector<Tensor>& inputs, CallContext& context) {
  return step(inputs.at(0), {inputs.begin() + 1, inputs.end()});
}

SequenceResult RnnCell::run_sequence(const Tensor& x, const std::vector<Tensor>& states,
                                     const Tensor& mask, bool go_backwards) {
  const std::int64_t steps = x.shape()[1];
  SequenceResult result;
  result.states = states;
  std::vector<Tensor> outputs;
  for (std::int64_t i = 0; i < steps; ++i) {
    const std::int64_t t = go_backwards ? steps - 1 - i : i;
    std::vector<Tensor> fresh =
        step(ops::squeeze(ops::slice_axis(x, 1, t, t + 1), 1), result.states);
    Tensor output = fresh[0];
    fresh.erase(fresh.begin());
    if (!mask.is_empty()) {
      const Tensor now = ops::squeeze(ops::slice_axis(mask, 1, t, t + 1), 1);
      output = keep_where_masked(now, output, result.states[0]);
      for (std::size_t s = 0; s < fresh.size(); ++s)
        fresh[s] = keep_where_masked(now, fresh[s], result.states[s]);
    }
    outputs.push_back(ops::expand_dims(output, 1));
    result.last = output;
    result.states = std::move(fresh);
  }
  result.sequence = ops::concat(outputs, 1);
  return result;
}

std::vector<Shape> RnnCell::compute_output_shape(const std::vector<Shape>& inputs) {
  std::vector<Shape> out = {output_shape(inputs.at(0))};
  for (Shape& state : state_shapes(inputs[0])) out.push_back(std::move(state));
  return out;
}

RnnCellPtr as_cell(const LayerPtr& layer, const std::string& what) {
  auto cell = std::dynamic_pointer_cast<RnnCell>(layer);
  if (cell == nullptr) {
    throw invalid_argument(what,
                           ": expected a recurrent cell (SimpleRNNCell, GRUCell, LSTMCell, "
                           "StackedRNNCells, ...), got ",
                           layer == nullptr ? "nothing" : layer->class_name());
  }
  return cell;
}

}  // namespace tfjs::layers
