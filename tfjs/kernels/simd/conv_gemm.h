// The kernels of dense convolutions as matrix products, for images (a depth axis of one cell) and
// volumes.
#pragma once

#include <array>
#include <memory>

#include "tfjs/ops/epilogue.h"
#include "tfjs/runtime/kernel.h"
#include "tfjs/shape/conv.h"

namespace tfjs::kernels {

struct ConvCase {
  std::int64_t batch;
  std::array<shape::ConvAxis, 3> axes;  ///< depth, height, width
  std::int64_t channels_in;
  std::int64_t channels_out;
  ops::Epilogue epilogue;
};

/// The axis an image has no cells along.
shape::ConvAxis flat_conv_axis();

/// Filter [KD, KH, KW, C_in, C_out]. nullptr when the activation has no vector form.
std::unique_ptr<runtime::Kernel> make_forward_conv(const runtime::KernelSetup& setup,
                                                   const ConvCase& conv);

/// Filter [KD, KH, KW, C_out, C_in]; the axes are those of the forward convolution
/// (shape::conv_transpose_axis). nullptr alike.
std::unique_ptr<runtime::Kernel> make_transposed_conv(const runtime::KernelSetup& setup,
                                                      const ConvCase& conv);

}  // namespace tfjs::kernels
