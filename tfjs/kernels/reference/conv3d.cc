#include "tfjs/ops/conv3d.h"

#include "tfjs/kernels/reference/conv_loops.h"
#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {
namespace {

ConvLoops conv3d_loops(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::Conv3dOptions>();
  return {setup.inputs[0].shape[0],
          {options.depth, options.height, options.width},
          setup.inputs[0].shape[4],
          setup.outputs[0].shape[4]};
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Conv3d_reference(const runtime::KernelSetup& setup) {
  const ConvLoops loops = conv3d_loops(setup);
  return function_kernel(
      [loops](const runtime::KernelRun& run) {
        loops.forward(run.input<float>(0), run.input<float>(1), run.output<float>(0),
                      EpilogueOfRun({}, run, 2, loops.channels_out), run.scratch);
      },
      {.scratch_bytes = loops.scratch_bytes()});
}

std::unique_ptr<runtime::Kernel> make_Conv3dTranspose_reference(const runtime::KernelSetup& setup) {
  const ConvLoops loops = conv3d_loops(setup);
  return function_kernel(
      [loops](const runtime::KernelRun& run) {
        loops.transposed(run.input<float>(0), run.input<float>(1), run.output<float>(0),
                         EpilogueOfRun({}, run, 2, loops.channels_out), run.scratch);
      },
      {.scratch_bytes = loops.scratch_bytes()});
}

}  // namespace tfjs::kernels
