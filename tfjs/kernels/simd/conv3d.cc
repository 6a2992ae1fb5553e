#include "tfjs/ops/conv3d.h"

#include "tfjs/kernels/simd/conv_gemm.h"

namespace tfjs::kernels {
namespace {

ConvCase conv3d_case(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::Conv3dOptions>();
  return {setup.inputs[0].shape[0],
          {options.depth, options.height, options.width},
          setup.inputs[0].shape[4],
          setup.outputs[0].shape[4],
          {}};
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Conv3d_simd(const runtime::KernelSetup& setup) {
  return make_forward_conv(setup, conv3d_case(setup));
}

std::unique_ptr<runtime::Kernel> make_Conv3dTranspose_simd(const runtime::KernelSetup& setup) {
  return make_transposed_conv(setup, conv3d_case(setup));
}

}  // namespace tfjs::kernels
