// What every convolution layer does after its convolution.
#pragma once

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

/// activation(y + bias), brought into `data_format`. y has its channels last; `bias` may be
/// nullptr.
Tensor bias_activation(Tensor y, const VariablePtr& bias, const Activation& activation,
                       const std::string& data_format);

}  // namespace tfjs::layers
