#include "tfjs/ops/conv2d.h"

#include "tfjs/kernels/reference/conv_loops.h"
#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {
namespace {

ConvLoops conv2d_loops(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::Conv2dOptions>();
  return {setup.inputs[0].shape[0],
          {flat_axis(), options.height, options.width},
          setup.inputs[0].shape[3],
          setup.outputs[0].shape[3]};
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Conv2d_reference(const runtime::KernelSetup& setup) {
  const ConvLoops loops = conv2d_loops(setup);
  const ops::Epilogue epilogue = setup.options<ops::Conv2dOptions>().epilogue;
  return function_kernel(
      [loops, epilogue](const runtime::KernelRun& run) {
        loops.forward(run.input<float>(0), run.input<float>(1), run.output<float>(0),
                      EpilogueOfRun(epilogue, run, 2, loops.channels_out), run.scratch);
      },
      {.scratch_bytes = loops.scratch_bytes()});
}

std::unique_ptr<runtime::Kernel> make_Conv2dTranspose_reference(const runtime::KernelSetup& setup) {
  const ConvLoops loops = conv2d_loops(setup);
  const ops::Epilogue epilogue = setup.options<ops::Conv2dOptions>().epilogue;
  return function_kernel(
      [loops, epilogue](const runtime::KernelRun& run) {
        loops.transposed(run.input<float>(0), run.input<float>(1), run.output<float>(0),
                         EpilogueOfRun(epilogue, run, 2, loops.channels_out), run.scratch);
      },
      {.scratch_bytes = loops.scratch_bytes()});
}

}  // namespace tfjs::kernels
