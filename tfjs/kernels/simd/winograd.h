// Convolutions of 3 x 3 and stride 1 by Winograd's F(2 x 2, 3 x 3): 16 products for four outputs
// where the sum itself takes 36.
//
// Source: A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015. Each tile
// of 2 x 2 outputs reads 4 x 4 inputs d. With filter g: Y = A' [ (G g G') * (B' d B) ] A,
// elementwise in the 16 points, which are summed over the channels: 16 small matrix products. The
// factors are 1, -1 and 1/2, so results are about as exact as the plain sum's, and each output
// depends on its own 9 inputs alone, as there. (The larger tiles F(4 x 4, 3 x 3) lose digits.)
#pragma once

#include <memory>

#include "tfjs/kernels/simd/conv_gemm.h"

namespace tfjs::kernels {

/// nullptr where the plain product is faster (or this one does not apply): filters other than 3 x
/// 3, strides, dilation, volumes, weights that are not constant, few channels, few tiles; and where
/// the transformed filter, 16/9 of the given one, exceeds it by more than the setup's spare bytes.
/// The activation has a vector form. Shapes are those of make_forward_conv.
std::unique_ptr<runtime::Kernel> make_winograd_conv(const runtime::KernelSetup& setup,
                                                    const ConvCase& conv);

}  // namespace tfjs::kernels
