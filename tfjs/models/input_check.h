// Fits the tensors that a caller feeds to the inputs of a model.
#pragma once

#include <vector>

#include "tfjs/layers/container.h"

namespace tfjs::models {

/// One tensor per input of `network`, [samples, ...]; [samples] becomes [samples, 1].
/// Errors: InvalidArgument naming the input, what it expects and what came: a missing or surplus
/// tensor, another rank or dimension (the batch axis aside), no samples, sample counts that differ.
std::vector<Tensor> check_inputs(const layers::Container& network, std::vector<Tensor> inputs);

}  // namespace tfjs::models
