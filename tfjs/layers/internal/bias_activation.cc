#include "tfjs/layers/internal/bias_activation.h"

#include "tfjs/layers/internal/channels.h"
#include "tfjs/ops/binary.h"

namespace tfjs::layers {

Tensor bias_activation(Tensor y, const VariablePtr& bias, const Activation& activation,
                       const std::string& data_format) {
  if (bias != nullptr) y = ops::add(y, bias->value());
  // Elementwise functions stay next to the convolution, where they fuse; softmax goes over the last
  // axis of the result as the layer gives it.
  if (activation.is_elementwise()) return from_channels_last(activation.apply(y), data_format);
  return activation.apply(from_channels_last(y, data_format));
}

}  // namespace tfjs::layers
