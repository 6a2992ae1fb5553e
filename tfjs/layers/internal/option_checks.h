// Checks of layer options and inputs that many layers share. All errors are InvalidArgument and
// begin with the layer's class and name.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

/// "Conv2D 'conv2d_1'": how messages name a layer.
std::string label(const Layer& layer);

/// The shape of the layer's one input. Errors: there is not exactly one, or its rank is not `rank`;
/// `expected` says what it should have been: "[batch, height, width, channels]".
const Shape& one_input(const Layer& layer, const std::vector<Shape>& inputs, int rank,
                       const char* expected);

/// The same for an input of any rank of at least `rank`.
const Shape& one_input_at_least(const Layer& layer, const std::vector<Shape>& inputs, int rank,
                                const char* expected);

void check_positive(const Layer& layer, const char* option, std::int64_t value);

/// `count` values of at least `least` each; a single value is repeated for all.
void check_sizes(const Layer& layer, const char* option, std::vector<std::int64_t>& values,
                 std::size_t count, std::int64_t least = 1);

/// One of `allowed`; camelCase becomes snake_case.
void check_choice(const Layer& layer, const char* option, std::string& value,
                  std::initializer_list<std::string_view> allowed);

/// Not both above 1 along any axes: no backend computes that.
void check_strides_or_dilation(const Layer& layer, const std::vector<std::int64_t>& strides,
                               const std::vector<std::int64_t>& dilation_rate);

/// "channels_last" or "channels_first".
void check_data_format(const Layer& layer, std::string& data_format);

}  // namespace tfjs::layers
