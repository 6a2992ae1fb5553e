#include "tfjs/ops/conv2d.h"

#include "tfjs/kernels/simd/conv_gemm.h"

namespace tfjs::kernels {
namespace {

ConvCase conv2d_case(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::Conv2dOptions>();
  return {setup.inputs[0].shape[0],
          {flat_conv_axis(), options.height, options.width},
          setup.inputs[0].shape[3],
          setup.outputs[0].shape[3],
          options.epilogue};
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Conv2d_simd(const runtime::KernelSetup& setup) {
  return make_forward_conv(setup, conv2d_case(setup));
}

std::unique_ptr<runtime::Kernel> make_Conv2dTranspose_simd(const runtime::KernelSetup& setup) {
  return make_transposed_conv(setup, conv2d_case(setup));
}

}  // namespace tfjs::kernels
