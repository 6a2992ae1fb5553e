// Layers compute with channels last. With data_format "channels_first" they turn their input on the
// way in and their result on the way out: [batch, channels, ...] <-> [batch, ..., channels]. For
// "channels_last" these functions give back what came.
#pragma once

#include <string>

#include "tfjs/core/tensor.h"

namespace tfjs::layers {

Tensor to_channels_last(const Tensor& x, const std::string& data_format);
Tensor from_channels_last(const Tensor& x, const std::string& data_format);
Shape to_channels_last(const Shape& shape, const std::string& data_format);
Shape from_channels_last(const Shape& shape, const std::string& data_format);

}  // namespace tfjs::layers
