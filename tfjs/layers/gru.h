// The gated recurrent unit and its cell.
#pragma once

#include "tfjs/layers/gated_cell.h"
#include "tfjs/layers/rnn.h"

namespace tfjs::layers {

struct GRUCellOptions {
  TFJS_CELL_OPTIONS
  std::optional<std::int64_t> implementation = {};  ///< kept in the config; has no effect
  bool reset_after =
      false;  ///< the reset gate after the recurrent product, as in Keras 2 and cuDNN
  TFJS_LAYER_OPTIONS
};

struct GRUOptions {
  TFJS_CELL_OPTIONS
  std::optional<std::int64_t> implementation = {};  ///< kept in the config; has no effect
  bool reset_after =
      false;  ///< the reset gate after the recurrent product, as in Keras 2 and cuDNN
  TFJS_RNN_OPTIONS
  TFJS_LAYER_OPTIONS
};

/// z = ra(x Wz + bz + h' Uz), r = ra(x Wr + br + h' Ur), c = act(x Wh + bh + (r * h') Uh), h = z *
/// h' + (1 - z) * c. With reset_after: c = act(x Wh + bh + r * (h' Uh + bh')), and z, r with the
/// recurrent biases bz', br' added.
///
/// Weights   kernel [in, 3*units], recurrent_kernel [units, 3*units] (z, r, h); bias [3*units],
/// with reset_after
///           [2, 3*units] (input, then recurrent)
/// Errors    InvalidArgument: units below 1.
/// Source    https://arxiv.org/abs/1406.1078 (v3; reset_after: v1)
LayerPtr gru_cell(GRUCellOptions options);

/// The cell over [batch, time, in]: see RnnLayer for shapes, states and masks.
LayerPtr gru(GRUOptions options);

}  // namespace tfjs::layers
