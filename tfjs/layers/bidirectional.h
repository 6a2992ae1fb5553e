// Runs a recurrent layer forwards and backwards over a sequence.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct BidirectionalOptions {
  LayerPtr layer = nullptr;  ///< SimpleRNN, GRU, LSTM or RNN; copied twice, itself left alone
  std::optional<std::string> merge_mode =
      "concat";  ///< "concat", "sum", "ave", "mul", or nothing: two outputs
  TFJS_LAYER_OPTIONS
};

/// Shapes    x       [batch, time, in]; further inputs: initial states, first half for the forward
/// layer
///           result  the two outputs merged (concat: on the last axis); the backward sequence is
///           turned round first.
///                   With return_state the forward states, then the backward ones follow.
/// Masking   a bool mask [batch, time] reaches both; passed on with return_sequences.
/// Errors    InvalidArgument: no layer, a layer that is not recurrent, an unknown merge_mode.
LayerPtr bidirectional(BidirectionalOptions options);

}  // namespace tfjs::layers
