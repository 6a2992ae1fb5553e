// Whole numbers as vectors of zeros and ones, or of counts.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct CategoryEncodingOptions {
  std::int64_t num_tokens = 0;  ///< how many numbers there are: x is in [0, num_tokens)
  std::string output_mode =
      "multi_hot";  ///< "multi_hot": which occur in a sample; "count": how often; "one_hot"
  TFJS_LAYER_OPTIONS
};

/// Shapes    x [batch, ..., n] whole numbers of any dtype (fractions are cut off)
///           result [batch, ..., num_tokens]; with "one_hot" and n above 1 [batch, ..., n,
///           num_tokens]
/// Errors    InvalidArgument: num_tokens below 1, another mode; at run time a number outside [0,
/// num_tokens).
///           Unsupported: Keras's sparse.
LayerPtr category_encoding(CategoryEncodingOptions options);

}  // namespace tfjs::layers
