// The fully connected recurrent layer and its cell.
#pragma once

#include "tfjs/layers/gated_cell.h"
#include "tfjs/layers/rnn.h"

namespace tfjs::layers {

struct SimpleRNNCellOptions {
  TFJS_CELL_OPTIONS
  TFJS_LAYER_OPTIONS
};

struct SimpleRNNOptions {
  TFJS_CELL_OPTIONS
  TFJS_RNN_OPTIONS
  TFJS_LAYER_OPTIONS
};

/// h = activation(x * kernel + bias + h' * recurrent_kernel); output h. Has no
/// recurrent_activation.
///
/// Weights   kernel [in, units], recurrent_kernel [units, units], bias [units]
/// Errors    InvalidArgument: units below 1.
LayerPtr simple_rnn_cell(SimpleRNNCellOptions options);

/// The cell over [batch, time, in]: see RnnLayer for shapes, states and masks.
LayerPtr simple_rnn(SimpleRNNOptions options);

}  // namespace tfjs::layers
