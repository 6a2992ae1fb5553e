// A trainable vector for each integer.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct EmbeddingOptions {
  std::int64_t input_dim = 0;   ///< how many integers there are: x is in [0, input_dim)
  std::int64_t output_dim = 0;  ///< size of a vector
  Initializer embeddings_initializer = "randomUniform";
  Regularizer embeddings_regularizer = {};
  Regularizer activity_regularizer = {};
  Constraint embeddings_constraint = {};
  std::optional<bool> mask_zero =
      std::nullopt;  ///< true: 0 is padding, and the layers that follow skip it
  std::vector<std::int64_t> input_length =
      {};  ///< sizes of x after the batch axis, when known; most often one
  TFJS_LAYER_OPTIONS
};

/// Shapes    x           [batch, ...] whole numbers of any dtype (fractions are cut off)
///           embeddings  [input_dim, output_dim]
///           result      [batch, ..., output_dim]; mask with mask_zero: x != 0
/// Errors    InvalidArgument: input_dim or output_dim below 1, input_length differs from x; at run
/// time an index outside
///           [0, input_dim).
LayerPtr embedding(EmbeddingOptions options);

}  // namespace tfjs::layers
