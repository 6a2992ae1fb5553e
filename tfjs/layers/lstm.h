// Long short-term memory and its cell.
#pragma once

#include "tfjs/layers/gated_cell.h"
#include "tfjs/layers/rnn.h"

namespace tfjs::layers {

struct LSTMCellOptions {
  TFJS_CELL_OPTIONS
  std::optional<bool> unit_forget_bias = {};        ///< true: the forget gate's bias starts at 1
  std::optional<std::int64_t> implementation = {};  ///< kept in the config; has no effect
  TFJS_LAYER_OPTIONS
};

struct LSTMOptions {
  TFJS_CELL_OPTIONS
  std::optional<bool> unit_forget_bias = {};        ///< true: the forget gate's bias starts at 1
  std::optional<std::int64_t> implementation = {};  ///< kept in the config; has no effect
  TFJS_RNN_OPTIONS
  TFJS_LAYER_OPTIONS
};

/// i, f, o = ra(gates), g = act(gate); c = f * c' + i * g; h = o * act(c); output h, states h and
/// c.
///
/// Weights   kernel [in, 4*units], recurrent_kernel [units, 4*units], bias [4*units], in the order
/// i, f, g, o Errors    InvalidArgument: units below 1. Source    Hochreiter and Schmidhuber 1997,
/// with forget gate (Gers 2000).
LayerPtr lstm_cell(LSTMCellOptions options);

/// The cell over [batch, time, in]: see RnnLayer for shapes, states and masks.
LayerPtr lstm(LSTMOptions options);

}  // namespace tfjs::layers
