// Checks of strides and dilations that the convolutions share.
#pragma once

#include <cstdint>
#include <vector>

namespace tfjs::ops::internal {

/// Errors: InvalidArgument when not `axes` numbers each, or one stride and one dilation are above
/// 1: TensorFlow.js and Keras refuse the two together.
void check_conv_arguments(const std::vector<std::int64_t>& strides,
                          const std::vector<std::int64_t>& dilations, std::size_t axes,
                          const char* what);

/// The same for transposed convolutions, which take no dilation.
void check_transposed_arguments(const std::vector<std::int64_t>& strides,
                                const std::vector<std::int64_t>& dilations, std::size_t axes,
                                const char* what);

}  // namespace tfjs::ops::internal
